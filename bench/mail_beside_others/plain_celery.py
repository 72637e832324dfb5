"""A mail is a task with a countdown, with retries as Celery's documentation shows them:

`python plain_celery.py plan MAILS COPIES | worker`
"""

import os
import smtplib
import sys
from email.message import EmailMessage

import clock
from celery import Celery

clock.set_back()
COUNTDOWN = 2  # seconds
app = Celery("plain", broker=os.environ["BROKER"])
app.conf.update(
    task_acks_late=bool(os.environ.get("ACKS_LATE")),
    # Else an hour; lowered as the leases of the others are.
    broker_transport_options={"visibility_timeout": 10},
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
)


# SMTPException is an OSError.
@app.task(name="send", autoretry_for=(OSError,), retry_backoff=1, max_retries=5)  # type: ignore[untyped-decorator]
def send(number: int) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "shop@example.com", f"buyer{number}@example.com"
    message["Subject"], message["Message-ID"] = "Read this first", f"<{number}@shop.example>"
    message.set_content("Check the rim of each cup before you use it.\n" * 20)
    with smtplib.SMTP("127.0.0.1", int(os.environ["SMTP_PORT"]), timeout=60) as server:
        server.send_message(message)


def plan(mails: str, copies: str) -> None:
    """`copies`: how often the broker gets each message."""
    for number in range(int(mails)):
        for _ in range(int(copies)):
            send.apply_async((number,), countdown=COUNTDOWN)


def worker() -> None:
    app.worker_main(["worker", "-c", "2", "-l", "CRITICAL", "--without-mingle", "--without-gossip"])


if __name__ == "__main__":
    verb, *arguments = sys.argv[1:]
    globals()[verb](*arguments)
