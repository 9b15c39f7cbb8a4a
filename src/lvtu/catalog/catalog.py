"""The catalog of a home: everything a server keeps beside events."""

from __future__ import annotations

from pathlib import Path

from lvtu.catalog.audit import Audit
from lvtu.catalog.comments import Comments
from lvtu.catalog.database import Database
from lvtu.catalog.documents import Documents
from lvtu.catalog.feedback import Feedback
from lvtu.catalog.files import Files
from lvtu.catalog.invitations import Invitations
from lvtu.catalog.notices import Notices
from lvtu.catalog.people import People
from lvtu.catalog.presence import Presence
from lvtu.catalog.recordings import Recordings
from lvtu.catalog.responses import Responses
from lvtu.catalog.reviews import Reviews
from lvtu.catalog.sessions import Sessions
from lvtu.catalog.shares import Shares
from lvtu.catalog.surveys import Surveys
from lvtu.catalog.webhooks import Webhooks
from lvtu.catalog.workshops import Workshops


class Catalog:
    """A home's catalog; threads share one.

    Args:
        database: where it is kept.

    Attributes:
        people: who there is, and what they may do.
        sessions: who is signed in.
        audit: who did what.
        shares: what anybody may read.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.people = People(database)
        self.sessions = Sessions(database)
        self.audit = Audit(database)
        self.shares = Shares(database)

    @classmethod
    def of(cls, home: Path) -> Catalog:
        """The catalog of a home, made if it is absent.

        Raises:
            BadInput: its database cannot be reached, or a newer version made it.
        """
        return cls(Database.of(home))

    @property
    def webhooks(self) -> Webhooks:
        """Whom messages are sent to."""
        return Webhooks(self.database)

    @property
    def surveys(self) -> Surveys:
        """What customers are asked."""
        return Surveys(self.database)

    @property
    def files(self) -> Files:
        """Files that were sent as answers."""
        return Files(self.database)

    @property
    def responses(self) -> Responses:
        """What they are about to answer."""
        return Responses(self.database)

    @property
    def feedback(self) -> Feedback:
        """What becomes of pieces of feedback."""
        return Feedback(self.database)

    @property
    def invitations(self) -> Invitations:
        """Who is asked to answer."""
        return Invitations(self.database)

    def presence(self, workspace_id: str) -> Presence:
        """Who is on the maps of a workspace."""
        return Presence(self.database, workspace_id)

    def workshops(self, workspace_id: str) -> Workshops:
        """The timers and votings of the maps of a workspace."""
        return Workshops(self.database, workspace_id)

    def comments(self, workspace_id: str) -> Comments:
        """What people say about the maps of a workspace."""
        return Comments(self.database, workspace_id)

    def reviews(self, workspace_id: str) -> Reviews:
        """What people were asked about the maps of a workspace, and say."""
        return Reviews(self.database, workspace_id)

    def notices(self, workspace_id: str) -> Notices:
        """What people are to know of the maps of a workspace."""
        return Notices(self.database, workspace_id)

    def documents(self, workspace_id: str, kind: str) -> Documents:
        """The documents of one kind in one workspace."""
        return Documents(self.database, workspace_id, kind)

    def recordings(self, workspace_id: str) -> Recordings:
        """The recordings of a workspace's interviews."""
        return Recordings(self.database, workspace_id)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
