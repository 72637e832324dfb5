"""The same faults for three ways to send mail: this mailer, django-post-office, and Celery tasks with a countdown.

    python -m venv OTHERS
    OTHERS/bin/pip install django-post_office==3.12.0 celery==5.7.0 redis packaging 'psycopg[binary]' time-machine
    python -m bench.mail_beside_others OTHERS/bin/python --database postgres://… --redis redis://…/11

The others run in that environment of their own and are no dependency of the shop. Times are on a scale of seconds, so
that a run takes minutes: leases of five seconds, retries after one to sixteen. `plain_celery` and `post_office_runner`
import nothing of ours.
"""
