"""Two entities made one and taken apart again, on the real engine: nothing is lost, and the digest proves it."""

import pytest

from loaders import current
from loaders.folding import fold
from loaders.merging import _explained

pytestmark = pytest.mark.live


def test_every_entity_is_what_its_claims_add_up_to(examples):
    ids = [row["id"] for row in examples.table("MATCH (e:Entity) RETURN e.id AS id", rows=100_000)]
    present = current.entities(examples, ids)
    strange = [entity for entity, found in present.items() if not _explained(entity, found)]
    assert strange == [], fold(strange[0], present[strange[0]].claims)
