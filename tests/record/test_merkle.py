"""The tree of RFC 9162: the roots and proofs of the reference log, the RFC's worked tree, and what must always hold."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newcourse.record.merkle import (
    EMPTY_ROOT,
    Edge,
    consistency_proof,
    consistent,
    growing,
    includes,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
)

# The leaves, roots and proofs by which the reference implementation of Certificate Transparency tests itself.
DATA = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {  # (number of the leaf from 0, size)
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
GROWTH = {  # (smaller size, larger size)
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
REFERENCE = growing([leaf_hash(data) for data in DATA])


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH as RFC 9162 §2.1.1 says it, over leaf hashes."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = naive_split(len(leaves))
    return node_hash(naive_root(leaves[:split]), naive_root(leaves[split:]))


def naive_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH as RFC 9162 §2.1.3.1 says it."""
    if len(leaves) == 1:
        return []
    split = naive_split(len(leaves))
    if index < split:
        return [*naive_path(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_path(index - split, leaves[split:]), naive_root(leaves[:split])]


def naive_growth(first: int, leaves: Sequence[bytes], known: bool = True) -> list[bytes]:
    """SUBPROOF as RFC 9162 §2.1.4.1 says it."""
    if first == len(leaves):
        return [] if known else [naive_root(leaves)]
    split = naive_split(len(leaves))
    if first <= split:
        return [*naive_growth(first, leaves[:split], known), naive_root(leaves[split:])]
    return [*naive_growth(first - split, leaves[split:], False), naive_root(leaves[:split])]


def naive_split(count: int) -> int:
    split = 1
    while split * 2 < count:
        split *= 2
    return split


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_the_reference_log(size: int) -> None:
    assert root(size, REFERENCE).hex() == ROOTS[size]


@pytest.mark.parametrize(("asked", "path"), PATHS.items())
def test_the_inclusion_proofs_of_the_reference_log(asked: tuple[int, int], path: list[str]) -> None:
    index, size = asked
    proof = inclusion_proof(index, size, REFERENCE)
    assert [hashed.hex() for hashed in proof] == path
    assert includes(leaf_hash(DATA[index]), index, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("sizes", "path"), GROWTH.items())
def test_the_consistency_proofs_of_the_reference_log(sizes: tuple[int, int], path: list[str]) -> None:
    first, second = sizes
    proof = consistency_proof(first, second, REFERENCE)
    assert [hashed.hex() for hashed in proof] == path
    assert consistent(first, second, proof, bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second]))


def test_the_tree_of_seven_leaves_that_the_rfc_works_out() -> None:
    """RFC 9162 §2.1.5, its letters as there: leaves a to f and j, nodes g to l."""
    a, b, c, d, e, f, j = (leaf_hash(bytes([n])) for n in range(7))
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l = node_hash(g, h), node_hash(i, j)  # noqa: E741 (the RFC's letter)
    tree = growing([a, b, c, d, e, f, j])
    assert root(7, tree) == node_hash(k, l)
    assert [inclusion_proof(n, 7, tree) for n in (0, 3, 4, 6)] == [[b, h, l], [c, g, l], [f, j, k], [i, k]]
    assert [consistency_proof(n, 7, tree) for n in (3, 4, 6)] == [[c, d, g, l], [l], [i, j, k]]


@pytest.mark.parametrize("size", range(20))
def test_every_proof_of_small_trees_is_that_of_the_recursion(size: int) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    tree = growing(leaves)
    assert root(size, tree) == naive_root(leaves)
    assert [inclusion_proof(n, size, tree) for n in range(size)] == [naive_path(n, leaves) for n in range(size)]
    assert [consistency_proof(n, size, tree) for n in range(1, size + 1)] == [
        naive_growth(n, leaves) for n in range(1, size + 1)
    ]


sizes = st.integers(1, 300)


@st.composite
def proofs(draw: st.DrawFn) -> tuple[int, int, list[bytes]]:
    size = draw(sizes)
    return draw(st.integers(0, size - 1)), size, [leaf_hash(f"{size} {n}".encode()) for n in range(size)]


@given(proofs(), st.data())
def test_an_inclusion_proof_shows_that_leaf_there_and_nothing_else(
    asked: tuple[int, int, list[bytes]], data: st.DataObject
) -> None:
    index, size, leaves = asked
    tree = growing(leaves)
    proof, top = inclusion_proof(index, size, tree), root(size, tree)
    assert includes(leaves[index], index, size, proof, top)
    assert not includes(leaf_hash(b"other"), index, size, proof, top)
    assert not includes(leaves[index], index, size, proof, leaf_hash(b"other"))
    assert not includes(leaves[index], index, size, [*proof, top], top)
    other = data.draw(st.integers(-2, size + 2))
    assert includes(leaves[index], other, size, proof, top) == (other == index)
    assert not any(includes(leaves[index], index, size, changed, top) for changed in altered(proof, data))


@given(proofs(), st.data())
def test_a_consistency_proof_shows_that_growth_and_nothing_else(
    asked: tuple[int, int, list[bytes]], data: st.DataObject
) -> None:
    index, second, leaves = asked
    first, tree = index + 1, growing(leaves)
    proof = consistency_proof(first, second, tree)
    before, after = root(first, tree), root(second, tree)
    assert consistent(first, second, proof, before, after)
    other = leaf_hash(b"other")
    assert not consistent(first, second, proof, other, after)
    assert not consistent(first, second, proof, before, other)
    assert not consistent(first, second, [*proof, before], before, after)
    size = data.draw(st.integers(-2, second))
    if size != first:
        assert not consistent(size, second, proof, before, after)
    assert not any(consistent(first, second, changed, before, after) for changed in altered(proof, data))


def altered(proof: list[bytes], data: st.DataObject) -> list[list[bytes]]:
    """The proof with a hash changed, left out, cut short, doubled, or two swapped."""
    if not proof:
        return []
    at = data.draw(st.integers(0, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    flipped = bytearray(proof[at])
    flipped[bit // 8] ^= 1 << bit % 8
    changed = [
        [*proof[:at], bytes(flipped), *proof[at + 1 :]],
        proof[:at] + proof[at + 1 :],
        [*proof[:at], proof[at][:-1], *proof[at + 1 :]],
        [*proof[:at], proof[at], *proof[at:]],
    ]
    if len(proof) > 1:
        changed.append([proof[1], proof[0], *proof[2:]])
    return changed


def test_everything_continues_the_empty_tree_and_nothing_else_is_empty() -> None:
    assert consistent(0, 5, [], EMPTY_ROOT, bytes.fromhex(ROOTS[5]))
    assert consistent(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
    assert not consistent(0, 5, [], bytes.fromhex(ROOTS[1]), bytes.fromhex(ROOTS[5]))
    assert not consistent(0, 0, [], bytes.fromhex(ROOTS[1]), bytes.fromhex(ROOTS[1]))
    assert not consistent(0, 5, [EMPTY_ROOT], EMPTY_ROOT, bytes.fromhex(ROOTS[5]))
    assert not consistent(5, 3, [], bytes.fromhex(ROOTS[5]), bytes.fromhex(ROOTS[3]))


@pytest.mark.parametrize("index", [-1, 3])
def test_no_proof_is_made_of_what_is_not_there(index: int) -> None:
    with pytest.raises(ValueError, match="no proof"):
        inclusion_proof(index, 3, REFERENCE)


@given(sizes)
def test_the_edge_is_all_that_growing_needs(size: int) -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(size + 9)]
    tree = growing(leaves)
    edge = Edge(size, {level: tree(level, position) for level, position in Edge.places(size)})
    for number, leaf in enumerate(leaves[size:], start=size):
        ended = edge.copy().grow(leaf)
        assert edge.grow(leaf) == ended
        assert [(level, position) for level, position, _ in ended] == [
            (level, number >> level) for level in range(len(ended))
        ]
        assert all(hashed == tree(level, position) for level, position, hashed in ended)
