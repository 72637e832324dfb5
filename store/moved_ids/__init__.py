"""What became of the ids of a former shop: its orders and open baskets under their ids in the new one.

Links in mails and cart cookies name ids; they are followed here when the shop that answers knows no such id. Imports
nothing of the store.
"""
