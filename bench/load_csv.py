"""``LOAD CSV`` of the made-up world: the same entities and ties, by Cypher that reads the files on the server.

It takes the cells as they stand. What it leaves out is the loader's work: nothing is validated, cleaned or compared,
there are no search keys, no stable ids of ties, no statuses, no way back.
"""

from graph_app.graph.store import Store
from graph_app.graph.writer import Writer

_EVIDENCE = (
    "CREATE (e)-[:EVIDENCED_BY {source: row.source_id, certainty: row.certainty, source_line: toInteger(row.line),"
    " quote: row.evidence, mapping: 'world'}]->(s)"
)
_PLACE = (
    "id: 'place:' + row.place_id, name_en: row.name_en, name_fa: row.name_fa, geonameid: row.geonameid,"
    " position: point({latitude: toFloat(row.lat), longitude: toFloat(row.lon)})"
)
_SOURCE = "MATCH (s:Entity {id: 'source:' + row.source_id})"
_STEPS = (
    (
        "sources",
        "CREATE (e:Entity:Source {id: 'source:' + row.source_id, name_en: row.title_en, name_fa: row.title_fa,"
        " language: row.language}) WITH e, e AS s, row " + _EVIDENCE,
    ),
    ("countries", f"{_SOURCE} CREATE (e:Entity:Place:Country {{{_PLACE}, kind: 'country'}}) {_EVIDENCE}"),
    (
        "cities",
        (
            f"{_SOURCE} MATCH (c:Entity {{id: 'place:' + row.country_place_id}})"
            f" CREATE (e:Entity:Place:City {{{_PLACE}, kind: row.kind, aliases: split(row.aliases, ';')}})"
            " CREATE (e)-[:WITHIN {source: row.source_id, certainty: row.certainty,"
            " source_line: toInteger(row.line)}]->(c)"
            f" {_EVIDENCE}"
        ),
    ),
    (
        "links",
        (
            f"{_SOURCE} MATCH (a:Entity {{id: 'place:' + row.city_a}}) MATCH (b:Entity {{id: 'place:' + row.city_b}})"
            " CREATE (e:Entity:Agreement {id: 'agreement:' + row.agreement_id, name_en: row.title_en,"
            " name_fa: row.title_fa, kind: row.kind, status: row.status})"
            " WITH row, s, a, b, e, {role: 'party', source: row.source_id, certainty: row.certainty,"
            " source_line: toInteger(row.line), quote: row.evidence} AS told"
            " CREATE (a)-[x:PARTY_TO]->(e) SET x = told CREATE (b)-[y:PARTY_TO]->(e) SET y = told"
            f" CREATE (a)-[:TWINNED_WITH {{agreement: e.id, derived: true}}]->(b) {_EVIDENCE}"
        ),
    ),
)


def write(store: Store, batch: int) -> None:
    """Load the files in the server's folder for imports, ``batch`` rows a transaction."""
    for table, work in _STEPS:
        text = f"LOAD CSV WITH HEADERS FROM 'file:///{table}.csv' AS row CALL (row) {{ {work} }}"
        Writer(store).run(f"{text} IN TRANSACTIONS OF {batch} ROWS")
