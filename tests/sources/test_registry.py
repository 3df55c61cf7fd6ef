"""One door for all sources: a table comes in whole, or not at all (§5.3)."""

from pathlib import Path

import pytest

from newcourse.economy.identities import balance_faults
from newcourse.errors import BadInput
from newcourse.sources.folder import read_folder, write_folder
from newcourse.sources.registry import SOURCES, check_source, import_table, read_source
from tests.sources import synthetic
from tests.sources.test_five_year import folder as five_year_folder
from tests.sources.test_receding import folder as receding_folder
from tests.sources.test_sources_sweden import WORKBOOK, small_sheet, write_workbook
from tests.sources.village import village, village_folder


def test_sources_and_their_help() -> None:
    assert list(SOURCES) == ["folder", "sweden", "wiod", "exiobase3", "five-year", "receding", "icio"]
    assert all(source.name == name and source.help and source.title for name, source in SOURCES.items())


def sources(folder: Path) -> dict[str, tuple[Path, int | None]]:
    (folder / "icio").mkdir()
    return {
        "folder": (village_folder(folder), None),
        "sweden": (write_workbook(folder / "w.xlsx", small_sheet()), 2000),
        "wiod": (synthetic.write_wiod(folder / "wiot00.xlsx"), 2000),
        "exiobase3": (synthetic.write_exiobase3(folder / "IOT_2011_ixi"), None),
        "five-year": (five_year_folder(folder / "plan"), None),
        "receding": (receding_folder(folder / "course"), None),
        "icio": (synthetic.write_icio(folder / "icio" / "ICIO2021_2018.csv"), None),
    }


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_comes_in(tmp_path: Path, name: str) -> None:
    path, year = sources(tmp_path)[name]
    economy = import_table(name, path, tmp_path / "out", year=year)
    back = read_folder(tmp_path / "out")
    assert back.fingerprint == economy.fingerprint
    assert balance_faults(back, 1e-9) == []
    text = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert f"- Terms: {economy.about.terms}" in text
    assert economy.about.residuals in text
    assert check_source(name, path, year=year) == []


def test_an_unbalanced_table_leaves_nothing_behind(tmp_path: Path) -> None:
    spoilt = village()
    spoilt = spoilt.replace(final_uses=spoilt["final_uses"].assign(quantity=[100.0, 39.0, 7.0]))
    folder = write_folder(spoilt, tmp_path / "spoilt")
    with pytest.raises(BadInput) as caught:
        import_table("folder", folder, tmp_path / "out")
    assert [fault.where for fault in caught.value.faults] == ["place P, product grain", "place P, product tool"]
    assert not (tmp_path / "out").exists()
    assert check_source("folder", folder) == list(caught.value.faults)


@pytest.mark.slow
@pytest.mark.shared_data
def test_the_workbook_of_2016_leaves_nothing_behind(shared_data: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="L68A"):
        import_table("sweden", shared_data / WORKBOOK, tmp_path / "out", year=2016)
    assert list(tmp_path.iterdir()) == []
    assert len(check_source("sweden", shared_data / WORKBOOK, year=2016)) == 22


def test_aggregation_by_a_file(tmp_path: Path) -> None:
    path, _ = sources(tmp_path)["icio"]
    concordance = tmp_path / "c.csv"
    concordance.write_text("axis,from,to\nproduct,c1,goods\nproduct,c35,services\nplace,AUS,all\nplace,USA,all\n")
    economy = read_source("icio", path, aggregate=concordance, bilateral="origin")
    assert economy.process_index.tolist() == ["all.goods", "all.services"]
    concordance.write_text("axis,from,to\nproduct,c1,goods\n")
    (fault,) = check_source("icio", path, aggregate=concordance)
    assert (fault.code, fault.where) == ("concordance-missing", "product c35")


def test_what_a_source_does_not_know_is_refused(tmp_path: Path) -> None:
    paths = sources(tmp_path)
    with pytest.raises(BadInput, match="source-unknown"):
        read_source("moon", tmp_path)
    for name in ("sweden", "wiod"):
        with pytest.raises(BadInput, match="year-missing"):
            read_source(name, paths[name][0])
    with pytest.raises(BadInput, match="option-unknown"):
        read_source("folder", paths["folder"][0], year=1999)
    assert read_source("folder", paths["folder"][0], year=2000).fingerprint == village().fingerprint
