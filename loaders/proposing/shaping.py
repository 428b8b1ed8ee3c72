"""The nodes and ties of a proposed table, from what its columns are about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_app.errors import N_
from graph_app.text import fold
from graph_app.vocabulary import vocabulary
from loaders.proposing.drafting import ColumnDraft
from loaders.proposing.profile import unique_together
from loaders.reading import Export, Remark

_OF_AGREEMENTS = frozenset({"signed_on", "term", "partner", "partner_city"})
_SET = ("signed_on", "effective_on", "ends_on", "term", "status", "url")
Node = dict[str, Any]


@dataclass
class Shape:
    """What the rows of one table speak of. ``main`` is the name of the node that a row is about."""

    export: Export
    columns: list[ColumnDraft]
    main: str = ""
    nodes: list[Node] = field(default_factory=list)
    ties: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def by(self, role: str) -> ColumnDraft | None:
        """Return the column with ``role`` if its cells are loaded."""
        return next((one for one in self.columns if one.role == role and one.loaded), None)

    def node(self, role: str, label: str, *, key: Sequence[str] = (), **said: Any) -> str | None:  # noqa: ANN401
        """Add a node that is named by the column with ``role`` and return its name; None without such a column."""
        column = self.by(role)
        if column is None:
            return None
        keys = [column.key, *key]
        made: Node = {"as": role, "label": label, **said.pop("also", {}), "id": keys[0] if len(keys) == 1 else keys}
        if not column.profile.always:
            made["when"] = column.key
        self.nodes.append(made | {"set": {column.name_property: column.key, **said}})
        return role

    def tie(self, type_: str, start: str | None, end: str | None, **said: str) -> None:
        """Add a tie if both of its ends are there."""
        if start and end:
            self.ties.append({"type": type_, "from": start, "to": end, **({"set": said} if said else {})})

    def place(self, role: str, within: str | None, also: str = "City", kind: str = "city") -> str | None:
        """Add a place and say what it lies within; a country that always stands there tells places apart."""
        outer = self.by(within) if within else None
        known = [outer.key] if outer and outer.profile.always else []
        made = self.node(role, "Place", key=known, also={"also": also}, kind=f"={kind}")
        self.tie("WITHIN", made, within if outer and within else None)
        return made


def shaped(export: Export, columns: list[ColumnDraft]) -> Shape:
    """Return what the rows of ``export`` seem to speak of."""
    shape = Shape(export, columns)
    present = {one.role for one in columns if one.loaded}
    present |= {"agreements"} if (kind := shape.by("kind")) and kind.options.get("of") else set()
    about = next((build for needed, build in _KINDS if needed & present), _something)
    about = _numbered if _label_of_key(shape) else about
    about(shape)
    _take_the_rest(shape)
    return shape


def _agreements(shape: Shape) -> None:
    for country in ("country", "partner_country"):
        shape.place(country, None, "Country", "country")
    shape.place("province", None, "Province", "province")
    parties = [shape.place("city", "country" if shape.by("country") else "province")]
    parties.append(shape.place("partner_city", "partner_country"))
    parties += [shape.node(role, "Institution") for role in ("party", "partner", "institution")]
    if not shape.by("partner_city") and shape.by("partner_country"):
        shape.tie("BASED_IN", "partner" if shape.by("partner") else None, "partner_country")
    named = [role for role in parties if role]
    shape.main = "agreement"
    shape.nodes.append(_agreement(shape, named))
    for role in named:
        shape.tie("PARTY_TO", role, "agreement", role="=party")
    shape.tie("SIGNED", shape.node("signatory", "Person"), "agreement")
    shape.tie("ABOUT", "agreement", shape.node("topic", "Topic", kind="=field"))
    if len(named) == 1:
        shape.remarks.append(Remark(N_("TODO: the other party stands in no column; add a node and a tie for it.")))


def _agreement(shape: Shape, parties: Sequence[str]) -> Node:
    kind, title = shape.by("kind"), shape.by("title")
    coded = kind is not None and kind.options.get("of")
    said: dict[str, Any] = {title.name_property: title.key} if title else _title(shape, parties)
    said["kind"] = kind.key if kind and coded else "=sister_city" if shape.by("partner_city") else "=mou"
    if not coded:
        shape.remarks.append(
            Remark(N_("TODO: is “%(word)s” the kind of all these agreements?"), {"word": said["kind"]})
        )
    said |= {one.key: one.key for role in _SET if (one := shape.by(role)) and _fits(one)}
    keys = _key(shape, [*parties, "title", "kind", "signed_on", "ends_on", "reference"], len(parties))
    return {"as": "agreement", "label": "Agreement", "id": keys, "set": said}


def _fits(column: ColumnDraft) -> bool:
    return column.role != "status" or bool(column.options.get("of"))


def _title(shape: Shape, parties: Sequence[str]) -> dict[str, Any]:
    """Return a name made of the names of the parties, for agreements without a title."""
    columns = [one for role in parties if (one := shape.by(role))]
    persian = any(one.name_property == "name_fa" for one in columns)
    both = (" و " if persian else " – ").join(f"{{{one.key}}}" for one in columns)
    return {"name_fa" if persian else "name_en": f"={'همکاری' if persian else 'Link'} {both}"} if columns else {}


def _people(shape: Shape) -> None:
    shape.main = shape.node("person", "Person") or ""
    institution = shape.node("institution", "Institution")
    within = [one.key] if (one := shape.by("institution")) and one.profile.always else []
    post = shape.node("post", "Post", key=within)
    shape.tie("POST_AT", post, institution)
    if post and (person := shape.by("person")) and (column := shape.by("post")):
        dates = {"valid_from": shape.by("effective_on"), "valid_to": shape.by("ends_on")}
        said = {column.name_property: column.key, **{name: one.key for name, one in dates.items() if one}}
        keys = [person.key, column.key, *within]
        when = column.key if person.profile.always else person.key
        shape.nodes.append({"as": "appointment", "label": "Appointment", "id": keys, "when": when, "set": said})
        shape.tie("APPOINTS", "appointment", "person")
        shape.tie("TO_POST", "appointment", "post")


def _events(shape: Shape) -> None:
    shape.main = "event"
    shape.place("country", None, "Country", "country")
    city = shape.place("city", "country")
    venue = shape.place("venue", None, "Venue", "venue")
    shape.tie("WITHIN", venue, city)
    name, date = shape.by("event"), shape.by("date")
    said = {name.name_property: name.key} if name else {}
    said |= {"date": date.key} if date else {}
    shape.nodes.append({"as": "event", "label": "Event", "id": _key(shape, ["event", "date", "venue"]), "set": said})
    shape.tie("HELD_IN", "event", venue or city)
    for role, label in (("person", "Person"), ("institution", "Institution")):
        shape.tie("TOOK_PART_IN", shape.node(role, label), "event", role="=attendee")
    shape.tie("ABOUT", "event", shape.node("topic", "Topic", kind="=field"))


def _institutions(shape: Shape) -> None:
    shape.place("country", None, "Country", "country")
    city = shape.place("city", "country")
    shape.main = shape.node("institution", "Institution") or ""
    shape.tie("BASED_IN", shape.main, city or ("country" if shape.by("country") else None))


def _places(shape: Shape) -> None:
    shape.place("country", None, "Country", "country")
    if shape.by("city") or shape.by("name"):
        shape.place("province", "country", "Province", "province")
        inner = "city" if shape.by("city") else "name"
        shape.main = shape.place(inner, "province" if shape.by("province") else "country") or ""
    else:
        shape.main = shape.place("province", "country", "Province", "province") or "country"
    if (north := shape.by("latitude")) and (east := shape.by("longitude")):
        node = next(one for one in shape.nodes if one["as"] == shape.main)
        node["position"] = [north.key, east.key]


def _label_of_key(shape: Shape) -> str | None:
    """Return the label that the heading of the key names: ``person_id`` numbers people."""
    column = shape.by("key")
    noun = fold(column.profile.heading).split()[0].capitalize() if column and column.profile.unique else ""
    return noun if noun in vocabulary().labels else None


def _numbered(shape: Shape) -> None:
    label, column = _label_of_key(shape), shape.by("key")
    if label and column:
        shape.main = label.lower()
        names = [one for role in ("name", "name_en", "title") if (one := shape.by(role))]
        base = vocabulary().base(label)
        also = {} if base == label else {"also": label}
        said = {one.name_property: one.key for one in reversed(names)}
        shape.nodes.append({"as": shape.main, "label": base, **also, "id": column.key, "set": said})


def _something(shape: Shape) -> None:
    shape.main = "thing"
    named = shape.by("name") or shape.by("title") or next((one for one in shape.columns if one.profile.unique), None)
    said = {named.name_property: named.key} if named else {}
    keys = _key(shape, [one.key for one in shape.columns])
    shape.nodes.append({"as": "thing", "label": "Topic", "id": keys, "set": said})
    shape.remarks.append(Remark(N_("TODO: what is one row? Topic is only a guess; see the labels in docs/mapping.md.")))


_KINDS: Sequence[tuple[frozenset[str], Callable[[Shape], None]]] = (
    (_OF_AGREEMENTS | {"agreements"}, _agreements),
    (frozenset({"event", "venue"}), _events),
    (frozenset({"person"}), _people),
    (frozenset({"institution"}), _institutions),
    (frozenset({"city", "province", "country", "latitude"}), _places),
)


def _key(shape: Shape, wanted: Sequence[str], most: int = 0) -> Any:  # noqa: ANN401 - as YAML has it
    """Return the column that numbers the rows, or the first columns of ``wanted`` that tell all rows apart.

    At least the first ``most`` are taken, if they are always filled.
    """
    numbered = next((one for one in shape.columns if one.role == "key" and one.profile.unique and one.loaded), None)
    if numbered:
        return numbered.key
    taken: list[ColumnDraft] = []
    for place, name in enumerate(wanted, start=1):
        taken += [one for one in shape.columns if name in {one.role, one.key} and one.profile.always and one.loaded]
        if taken and place >= most and unique_together(shape.export, [one.profile.heading for one in taken]):
            return [one.key for one in taken]
    shape.remarks.append(Remark(N_("TODO: no columns tell all rows apart; rows with one key are taken for one thing.")))
    return [one.key for one in taken] or ["=TODO"]


def _take_the_rest(shape: Shape) -> None:
    """Give the columns that nothing uses yet to the node that a row is about."""
    node = next(one for one in shape.nodes if one["as"] == shape.main)
    used = set(_used(shape.nodes))
    for column in shape.columns:
        if column.loaded and column.key not in used and column.role not in {"source", "note"}:
            node["set"][_property(column)] = column.key


def _property(column: ColumnDraft) -> str:
    return column.name_property if column.role in {"name", "title"} else column.key


def _used(nodes: Sequence[Mapping[str, Any]]) -> list[str]:
    found: list[str] = []
    for node in nodes:
        ids = node["id"] if isinstance(node["id"], list) else [node["id"]]
        found += [*ids, *node["set"].values(), *node.get("position", [])]
    return found
