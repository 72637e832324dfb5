"""What the engine's other packages may ask of the schema (`ports.SubscriptionSchema`)."""

from store.engine.graphql.events import payloads
from store.engine.graphql.serve import check_document


class SubscriptionSchema:
    def validation_errors(self, query: str) -> list[str]:
        return [error.message for error in check_document(query)]

    def has_event_type(self, event_type: str) -> bool:
        return payloads.type_name_of(event_type) is not None
