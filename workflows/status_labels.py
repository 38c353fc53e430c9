"""What a screen calls the status of an e-mail or of an offer."""

from workflows.journey import Label
from workflows.situation import MailStatus, OfferStatus

MAIL_STATUS: dict[MailStatus, Label] = {
    MailStatus.WAITING: Label("à venir", "to come"),
    MailStatus.HELD: Label("retenu", "held back"),
    MailStatus.READY: Label("prêt à partir", "ready to leave"),
    MailStatus.SENDING: Label("en cours d'envoi", "being sent"),
    MailStatus.UNCERTAIN: Label("peut-être parti", "perhaps sent"),
    MailStatus.ASKED: Label("en attente d'un avis", "waiting for a decision"),
    MailStatus.SENT: Label("parti", "sent"),
    MailStatus.DEAD: Label("refusé", "refused"),
    MailStatus.WITHDRAWN: Label("devenu inutile", "no longer needed"),
    MailStatus.SKIPPED: Label("non parti", "not sent"),
}
OFFER_STATUS: dict[OfferStatus, Label] = {
    OfferStatus.OFFERED: Label("attend une réponse", "awaits an answer"),
    OfferStatus.ACCEPTED: Label("acceptée", "accepted"),
    OfferStatus.DECLINED: Label("refusée", "declined"),
    OfferStatus.FORWARDED: Label("transmise", "forwarded"),
    OfferStatus.EXPIRED: Label("sans réponse", "unanswered"),
    OfferStatus.WITHDRAWN: Label("retirée", "withdrawn"),
    OfferStatus.HANDED_OVER: Label("rendue", "handed back"),
}
STATUS_LABELS: dict[str, Label] = {
    **{status.value: label for status, label in OFFER_STATUS.items()},
    **{status.value: label for status, label in MAIL_STATUS.items()},
}
