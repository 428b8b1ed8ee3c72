"""What one needs for each address. This table is the whole of it: what does not stand here is refused to everybody."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from graph_app.auth.visitor import Kind, Visitor
from graph_app.roles import Right


class Door(StrEnum):
    """What can be needed besides a right."""

    OPEN = "open"  # nothing: it shows nothing of the graph
    FIRST_RUN = "first run"  # to sit at this machine while there are no accounts
    BEARER = "bearer"  # the secret in the address, which its page looks at; it opens that page alone
    SIGNED_IN = "signed in"  # to be a person with an account; a token is not enough


POLICIES: Mapping[str, Door | Right] = MappingProxyType(
    {
        "static": Door.OPEN,
        "styles.types": Door.OPEN,
        "health.live": Door.OPEN,
        "health.ready": Door.OPEN,
        "health.metrics": Door.BEARER,  # or this machine, which its page looks at
        "account.login": Door.OPEN,
        "account.logout": Door.SIGNED_IN,
        "account.show": Door.SIGNED_IN,
        "account.change_password": Door.SIGNED_IN,
        "account.choose_language": Door.SIGNED_IN,
        "account.end_session": Door.SIGNED_IN,
        "account.end_other_sessions": Door.SIGNED_IN,
        "account.add_token": Door.SIGNED_IN,
        "account.revoke_token": Door.SIGNED_IN,
        "factor.ask": Door.OPEN,  # to who has shown a password, which its page looks at
        "provider.start": Door.OPEN,
        "provider.back": Door.OPEN,  # its page proves who it is
        "provider.leave": Door.OPEN,
        "factor.show": Door.SIGNED_IN,
        "factor.confirm": Door.SIGNED_IN,
        "factor.renew_codes": Door.SIGNED_IN,
        "factor.switch_off": Door.SIGNED_IN,
        "setup.first": Door.FIRST_RUN,
        "setup.password": Door.OPEN,
        "admin.index": Right.ADMINISTER,
        "admin.users": Right.ADMINISTER,
        "admin.add_user": Right.ADMINISTER,
        "admin.change_user": Right.ADMINISTER,
        "audit.index": Right.ADMINISTER,
        "audit.as_csv": Right.ADMINISTER,
        "home.index": Right.READ,
        "explore.index": Right.READ,
        "agreements.index": Right.READ,
        "agreements.as_csv": Right.READ,
        "agreements.as_icalendar": Right.READ,
        "explore.measures": Right.READ,
        "sieves.facets": Right.READ,
        "sieves.form": Right.READ,
        "maps.index": Right.READ,
        "maps.agreements": Right.READ,
        "maps.borders": Right.READ,
        "panorama.index": Right.READ,
        "panorama.keep": Right.READ,  # for oneself alone
        "panorama.document": Right.READ,
        "panorama.measures": Right.READ,
        "briefings.show": Right.READ,
        "briefings.as_file": Right.READ,
        "briefings.as_word": Right.READ,
        "compare.index": Right.READ,
        "compare.as_json": Right.READ,
        "saved.index": Right.READ,
        "saved.open": Right.READ,
        "saved.keep": Right.READ,  # for oneself alone
        "saved.rename": Right.READ,
        "saved.forget": Right.READ,
        "saved.share": Right.ASK,
        "paths.index": Right.READ,
        "paths.panel": Right.READ,
        "common.index": Right.READ,
        "common.panel": Right.READ,
        "entities.show": Right.READ,
        "entities.panel": Right.READ,
        "entities.as_json": Right.READ,
        "entities.ties_as_csv": Right.READ,
        "entities.timeline_as_csv": Right.READ,
        "documents.show": Right.READ,
        "edits.index": Right.WHOLE,
        "edits.form": Right.EDIT,
        "edits.propose": Right.EDIT,
        "edits.show": Right.EDIT,
        "edits.record": Right.EDIT,
        "edits.again": Right.EDIT,
        "edits.discard": Right.EDIT,
        "edits.undo": Right.EDIT,  # of edits alone
        "texts.index": Right.WHOLE,
        "texts.show": Right.WHOLE,
        "texts.tables": Right.WHOLE,
        "texts.new": Right.EDIT,
        "texts.create": Right.EDIT,
        "texts.take": Right.EDIT,
        "texts.remove": Right.EDIT,
        "partners.panel": Right.READ,
        "partners.as_csv": Right.READ,
        "bilateral.index": Right.READ,
        "bilateral.show": Right.READ,
        "sheets.show": Right.READ,
        "people.index": Right.READ,
        "signing.index": Right.READ,
        "entities.tie_panel": Right.READ,
        "entities.show_tie": Right.READ,
        "history.show": Right.WHOLE,
        "history.panel": Right.WHOLE,
        "history.entity_as_json": Right.WHOLE,
        "history.tie_as_json": Right.WHOLE,
        "sources.show": Right.READ,
        "quality.index": Right.READ,
        "quality.show": Right.READ,
        "quality.as_csv": Right.READ,
        "queries.index": Right.READ,
        "queries.show": Right.READ,
        "queries.form": Right.READ,
        "queries.rows": Right.READ,
        "answer_files.as_json": Right.READ,
        "answer_files.as_csv": Right.READ,
        "answer_files.as_ndjson": Right.READ,
        "answer_files.as_file": Right.READ,
        "asking.index": Right.ASK,
        "asking.run": Right.ASK,
        "asking.check": Right.ASK,
        "asking.form": Right.ASK,
        "asking.rows": Right.ASK,
        "asking.as_file": Right.ASK,
        "asking.keep": Right.ASK,
        "asking.share": Right.ASK,
        "asking.forget": Right.ASK,
        "asking.promote": Right.ASK,
        "watched.index": Right.READ,
        "watched.watch": Right.READ,  # for oneself alone
        "watched.seen": Right.READ,
        "watched.stop": Right.READ,
        "watched.choose": Right.READ,
        "digest.index": Right.READ,
        "digest.done": Right.READ,  # for oneself alone
        "digest.again": Right.READ,
        "comments.write": Right.ASK,  # as sharing: others read it
        "comments.mend": Right.ASK,  # one's own
        "comments.remove": Right.ASK,
        "comments.take": Right.ASK,
        "channels.add": Right.READ,  # as what is watched: for oneself alone
        "channels.renew": Right.READ,
        "channels.speak": Right.READ,
        "channels.test": Right.READ,
        "channels.again": Right.READ,
        "channels.remove": Right.READ,
        "channels.atom": Door.BEARER,
        "loads.index": Right.WHOLE,
        "loads.show": Right.WHOLE,
        "loads.upload": Right.LOAD,
        "loads.finish": Right.LOAD,
        "loads.rejects": Right.LOAD,
        "loads.everything": Right.ADMINISTER,  # no level is left out of it
        "loads.mend": Right.LOAD,
        "loads.undo": Right.LOAD,
        "plans.show": Right.LOAD,
        "plans.events": Right.LOAD,
        "plans.file": Right.LOAD,
        "plans.rejects": Right.LOAD,
        "plans.mend": Right.LOAD,
        "plans.again": Right.LOAD,
        "plans.apply": Right.LOAD,
        "plans.discard": Right.LOAD,
        "review.index": Right.WHOLE,
        "review.pair": Right.WHOLE,
        "review.decide": Right.REVIEW,
        "review.take_back": Right.REVIEW,
        "reference.index": Right.READ,
        "reference.as_openapi": Right.READ,
        "questions.index": Right.READ,
        "questions.describe": Right.READ,
        "questions.answer": Right.READ,
        "api.find": Right.READ,
        "api.picture": Right.READ,
        "api.neighbours": Right.READ,
        "api.expand": Right.READ,
        "api.expand_all": Right.READ,
        "api.paths": Right.READ,
        "api.common_ties": Right.READ,
    }
)


def allows(policy: Door | Right | None, visitor: Visitor) -> bool:
    """Say whether ``visitor`` may pass; without a policy nobody may."""
    match policy:
        case None:
            return False
        case Door.OPEN | Door.BEARER:
            return True
        case Door.FIRST_RUN:
            return visitor.kind is Kind.MACHINE
        case Door.SIGNED_IN:
            return visitor.kind is Kind.PERSON
        case _:
            return visitor.may(policy)
