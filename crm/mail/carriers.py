"""From a route to a conversation."""

from crm.mail.address import MailRoute
from crm.mail.conversation import Conversation, SmtpConversation
from crm.mail.folder import FolderConversation


def conversation(route: MailRoute, lease: float = 60.0, durable: bool = True) -> Conversation:
    if route.folder:
        return FolderConversation(route.folder, durable)
    return SmtpConversation(route, lease)
