"""What the sections of a landscape hold: members, end users, service providers, or products.

Known by the general words of the format and by what the cards carry, never by names of one landscape.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .items import Item, LandscapeFile
from .names import is_abbreviation, recurring_remarks, split_remark, strip_remarks

_MEMBER = re.compile(r"\b(members?|membership|sponsors?|supporters?)\b", re.IGNORECASE)
_END_USER = re.compile(r"\b(end[- ]?users?|adopters?)\b|\b(users|customers)$", re.IGNORECASE)
_SERVICE = re.compile(
    r"\b(certified|managed|professional|training|consulting|implementation|delivery)"
    r"( and \w+)? (services? )?(providers?|partners?)\b"
    r"|(?<!cloud )(?<!identity )\bservice providers?\b|\bconsult(ing|ants?|anc(y|ies))\b"
    r"|\bsystems? integrators?\b|\bprofessional services\b",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"\b(products?|solutions?|projects?|tools?|offerings?|platforms?)\b", re.IGNORECASE)
_CERTIFIED = re.compile(r"\bcertified\b", re.IGNORECASE)
Path = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """A subcategory. Where none of the three roles holds, its cards are products; else they are companies."""

    category: str
    name: str
    is_member: bool = False
    is_end_user: bool = False
    is_service: bool = False

    @property
    def is_company(self) -> bool:
        return self.is_member or self.is_end_user or self.is_service

    @property
    def is_certified(self) -> bool:
        return bool(_CERTIFIED.search(self.name))


class Sections:
    """The sections of all files, and the remarks that mark the names of companies in them."""

    def __init__(self, files: Sequence[LandscapeFile]) -> None:
        dated = _mostly_dated(files)
        paths = dict.fromkeys(path for file in files for path in file.paths)
        self._sections = {path: _section(path, is_dated=path in dated) for path in paths}
        self.role_remarks = self._role_remarks(files)
        """Such as `member`: they tell what a company is here, and are no part of its name."""

    def of(self, item: Item) -> Section:
        return self._sections[item.path]

    def all_of(self, item: Item) -> list[Section]:
        """The section of an item, and those of its `second_path`."""
        return [self.at(path) for path in (item.path, *item.other_paths)]

    def at(self, path: Path) -> Section:
        """The section of a path, which need not hold a card of its own."""
        return self._sections.get(path) or _section(path, is_dated=False)

    def company_name(self, item: Item) -> str:
        """The name of the company on a card, without the remark on its role."""
        return strip_remarks(item.name, self.role_remarks)

    def _role_remarks(self, files: Sequence[LandscapeFile]) -> frozenset[str]:
        found: set[str] = set()
        for file in files:
            names: dict[Path, list[str]] = defaultdict(list)
            for item in self.companies(file.items):
                names[item.path].append(item.name)
            for path, of_path in names.items():
                found |= recurring_remarks(of_path, least=3)
                found |= {r.casefold() for name in of_path if (r := split_remark(name)[1]) and _names_role(r, path)}
        return frozenset(found)

    def companies(self, items: Iterable[Item]) -> list[Item]:
        return [item for item in items if self.of(item).is_company]

    def products(self, items: Iterable[Item]) -> list[Item]:
        return [item for item in items if not self.of(item).is_company]


def _section(path: Path, *, is_dated: bool) -> Section:
    category, name = path
    is_end_user = any(_END_USER.search(label) for label in path)
    is_service = any(_SERVICE.search(label) for label in path)
    is_member = any(_MEMBER.search(label) and not _PRODUCT.search(label) for label in path)
    if is_dated and not is_service:
        is_member = True
    return Section(category, name, is_member, is_end_user, is_service)


def _names_role(remark: str, path: Path) -> bool:
    """True for `member` in the section `Members`, and for `KCSP` in `Kubernetes Certified Service Provider`."""
    words = {word.casefold().removesuffix("s") for label in path for word in label.split()}
    return remark.casefold().removesuffix("s") in words or is_abbreviation(remark, path[1])


def _mostly_dated(files: Sequence[LandscapeFile]) -> set[Path]:
    """The sections of which, in any file, more than half of the cards tell when they joined and none has code."""
    found: set[Path] = set()
    for file in files:
        total: Counter[Path] = Counter()
        dated: Counter[Path] = Counter()
        has_code: dict[Path, bool] = defaultdict(bool)
        for item in file.items:
            total[item.path] += 1
            dated[item.path] += item.joined is not None
            has_code[item.path] |= item.repo is not None or item.project is not None
        found |= {path for path in total if dated[path] * 2 > total[path] and not has_code[path]}
    return found
