"""From a route to a conversation."""

from crm.mail.address import MailRoute
from crm.mail.conversation import Conversation, SmtpConversation
from crm.mail.failpoints import Failpoint
from crm.mail.folder import FolderConversation


def conversation(route: MailRoute, lease: float = 60.0, failpoint: Failpoint | None = None) -> Conversation:
    if route.folder:
        return FolderConversation(route.folder, failpoint)
    return SmtpConversation(route, lease, failpoint)
