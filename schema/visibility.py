"""What a restricted viewer does not see: predicates on every node that a statement binds.

They are put in at one place, into the finished text of a statement, so that no field, filter, aggregate or named query
can forget them. Every node pattern `(account:Account {…} WHERE …)` gets the predicate of its label; one without a label
gets those of all labels. An edge is seen when both its ends are. A node that a procedure yields is checked
too; procedures of Neo4j's indexes yield it by the name `node`.

What is shared with a partner is what an account is to us, which follows from nodes that the partner does not see. So
these predicates, two functions that the compiler writes for a partner's view, and named queries with `view: partner`
stand in the statement as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..graph.errors import Internal
from ..queries import catalog
from .viewer import View, Viewer

_NOTHING = "false"
_SYSTEM = dict.fromkeys(("ApiKey", "SourceRecord", "MatchPair", "SharingRule", "Job"), _NOTHING)

_OURS = re.sub(
    r"\b(?:deal|k)\b",
    r"viewer_\g<0>",
    catalog()["account_population"].text.removeprefix("RETURN ").removesuffix(" AS population")
    .replace("(account)", "(<x>)").replace("account.", "<x>.").replace("$asOf", "$viewerDay"),
)  # fmt: skip
"""What an account is to us today, as an expression."""

PREDICATES: Mapping[View, Mapping[str, str]] = {
    View.WHOLE: {},
    View.OWNERS: {
        "Account": "<x>.ownerKey IN $viewerOwners",
        "Deal": "EXISTS { (<x>)-[:WITH]->(viewerAccount:Account) WHERE viewerAccount.ownerKey IN $viewerOwners }",
        **_SYSTEM,
    },
    View.PARTNER: {
        "Partner": "<x>.id = $viewerPartner",
        "Account": (
            "(EXISTS { (:Partner {id: $viewerPartner})-[:KNOWS]->(<x>) } "
            f"OR size($viewerAll) > 0 AND {_OURS} IN $viewerAll)"
        ),
        "Product": (
            "(<x>.isPlatform OR EXISTS { (:Partner {id: $viewerPartner})-[:OFFERS|CERTIFIED_FOR]->(<x>) } "
            "OR EXISTS { (:Partner {id: $viewerPartner})-[:BUILDS]->(:Integration)-[:CONNECTS]->(<x>) })"
        ),
        "Integration": "EXISTS { (:Partner {id: $viewerPartner})-[:BUILDS]->(<x>) }",
        "Deal": _NOTHING,
        **_SYSTEM,
    },
}
"""View → label → predicate on the node `<x>`; a label that is not named is seen. Values are parameters, so that all
viewers of one view share their plans."""

AS_IT_IS = "/* as it is */ "
"""Begins the text of a subquery that is not guarded."""

_OF_ACCOUNTS = {
    "viewerOurs": _OURS,
    "viewerPopulation": "CASE WHEN ours_<x> IN $viewerShown THEN ours_<x> END",
    "viewerShares": "ours_<x> + '.<field>' IN $viewerFields",
}
"""What the compiler may call of an account in a partner's view: what it is to us, which it names `ours_<x>`, then the
same if that is shared, else null, and whether a field of it is shared."""
_OF_ACCOUNT = re.compile(rf"({'|'.join(_OF_ACCOUNTS)})\((\w+)(?:, '(\w+)')?\)")

_OPAQUE = r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*"
_STOPS = re.compile(rf"(?P<opaque>{_OPAQUE})|[(){{}}\[\]]|\b(?:WITH|UNION|YIELD)\b(?!\s*:)", re.DOTALL)
_HEAD = re.compile(
    r"\(\s*(?P<name>\w*)\s*(?P<labels>:\s*[\w!%]+(?:\s*[|&:]\s*:?\s*[\w!%]+)*)?\s*(?P<next>\{|WHERE\b|\))"
)
_SUBQUERIES = frozenset({"COUNT", "EXISTS", "COLLECT"})
_YIELDED = "node"
_WHERE = re.compile(r"\s*WHERE\b")
_CLAUSES = r"MATCH|OPTIONAL|WHERE|WITH|RETURN|UNWIND|CALL|YIELD|ORDER|SKIP|LIMIT|UNION"
_CLAUSE = re.compile(rf"\b(?:{_CLAUSES})\b")
_STARTS = ("STARTS ", "ENDS ")
_CALL = re.compile(r"\bCALL\s*\(([^()]*)\)\s*$")
_ALIAS = re.compile(r"(?:DISTINCT\s+)?(?P<of>\w+)(?:\s+AS\s+(?P<name>\w+))?")
_QUANTIFIER = re.compile(r"\)\s*\{[\d,$\w\s]*\}$")
_WINDOW = 500
"""How far back the clause that something stands in is looked for."""
_CLOSES = {"(": ")", "{": "}", "[": "]"}


def guard(statement: str, viewer: Viewer) -> str:
    """The statement as this viewer may run it: with the parameters `viewer.parameters` beside its own."""
    predicates = PREDICATES[viewer.view]
    if not predicates:
        return statement
    return _OF_ACCOUNT.sub(_of_account, _Guard(statement, predicates).text())


def _of_account(call: re.Match[str]) -> str:
    return f"({_OF_ACCOUNTS[call[1]].replace('<x>', call[2]).replace('<field>', call[3] or '')})"


class _Guard:
    """Walks a statement from left to right and knows which variables stand for nodes that were checked already.

    Where it cannot be sure it checks again, so a mistake here costs time and shows nothing.
    """

    def __init__(self, text: str, predicates: Mapping[str, str]) -> None:
        self._text = text
        self._predicates = predicates
        self._named = 0
        self._checked: set[str] = set()

    def text(self) -> str:
        return self._between(0, len(self._text))

    def _between(self, start: int, end: int) -> str:
        made: list[str] = []
        at = start
        outset = frozenset(self._checked)
        while (stop := _STOPS.search(self._text, at, end)) is not None:
            made.append(self._text[at : stop.start()])
            found, at = self._at(stop, outset)
            made.append(found)
        return "".join([*made, self._text[at:end]])

    def _at(self, stop: re.Match[str], outset: frozenset[str]) -> tuple[str, int]:
        """What the text that begins here becomes, and where to go on."""
        if stop[0] == "(":
            node = self._node(stop.start())
            if node is not None:
                return node
        elif stop[0] in "{[":
            return self._inner(stop.start())
        elif stop[0] == "UNION":
            self._checked = set(outset)
        elif stop[0] == "YIELD":
            return self._yield(stop)
        elif stop[0] == "WITH" and not self._text.endswith(_STARTS, 0, stop.start()):
            return self._projection(stop)
        return stop[0], stop.end()

    def _inner(self, start: int) -> tuple[str, int]:
        """A subquery, a map or a list: what is checked in it stays in it, and CALL takes in only what it names."""
        end = self._closing(start)
        if self._text.startswith(AS_IT_IS, start + 1):
            return self._text[start:end], end
        before = self._checked
        call = _CALL.search(self._text[max(start - _WINDOW, 0) : start])
        imported = None if call is None or "*" in call[1] else set(re.findall(r"\w+", call[1]))
        self._checked = set(before) if imported is None else before & imported
        inner = self._between(start + 1, end - 1)
        self._checked = before
        return f"{self._text[start]}{inner}{self._text[end - 1]}", end

    def _projection(self, stop: re.Match[str]) -> tuple[str, int]:
        """WITH: only what it passes on is known behind it."""
        end = self._clause_end(stop.end())
        text = self._between(stop.end(), end)
        passed = set()
        for item in _items(self._text[stop.end() : end]):
            if item == "*":
                passed |= self._checked
            elif (alias := _ALIAS.fullmatch(item)) and alias["of"] in self._checked:
                passed.add(alias["name"] or alias["of"])
        self._checked = passed
        return f"WITH{text}", end

    def _yield(self, stop: re.Match[str]) -> tuple[str, int]:
        """YIELD: of the nodes that a procedure found, those that are seen."""
        end = self._clause_end(stop.end())
        text = self._text[stop.end() : end].rstrip()
        names = [alias["name"] or alias["of"] for item in _items(text) if (alias := _ALIAS.fullmatch(item))
                 and alias["of"] == _YIELDED]  # fmt: skip
        if not names:
            return f"YIELD{self._text[stop.end() : end]}", end
        (name,) = names
        self._checked.add(name)
        return f"YIELD{text} WITH * WHERE {self._condition(name, None)} WITH *\n", end

    def _clause_end(self, start: int) -> int:
        at = start
        while at < len(self._text):
            clause, stop = _CLAUSE.search(self._text, at), _STOPS.search(self._text, at)
            if stop is None or (clause is not None and clause.start() <= stop.start()):
                if clause is None:
                    return len(self._text)
                if not self._text.endswith(_STARTS, 0, clause.start()):
                    return clause.start()
                at = clause.end()
            elif stop["opaque"]:
                at = stop.end()
            elif stop[0] in _CLOSES:
                at = self._closing(stop.start())
            else:
                return stop.start()
        return at

    def _node(self, start: int) -> tuple[str, int] | None:
        """The guarded node pattern that begins here and where it ends, or None where none begins."""
        head = _HEAD.match(self._text, start)
        if head is None or head["name"] in _SUBQUERIES or re.match(r"\w", self._text[max(start - 1, 0) : start]):
            return None
        end = self._closing(start)
        if not head["labels"] and head["next"] == ")" and not self._is_pattern(start, end):
            return None
        if not head["labels"] and head["name"] in self._checked:
            return None
        name = head["name"] or self._fresh()
        condition = self._condition(name, head["labels"])
        at = head.start("next")
        properties = ""
        if head["next"] == "{":
            closed = self._closing(at)
            properties, at = f" {self._text[at:closed]}", closed
        where = _WHERE.match(self._text, at, end)
        self._checked.add(name)
        if where is not None:
            asked = self._between(where.end(), end - 1).strip()
            condition = f"({asked}) AND {condition}" if condition else asked
        if condition is None:
            return self._text[start:end], end
        return f"({name}{head['labels'] or ''}{properties} WHERE {condition})", end

    def _condition(self, name: str, labels: str | None) -> str | None:
        asked = labels.lstrip(": ") if labels else ""
        if asked and re.fullmatch(r"\w+", asked):
            predicate = self._predicates.get(asked)
            return None if predicate is None else predicate.replace("<x>", name)
        possible = set(re.split(r"[\s|]+", asked)) if re.fullmatch(r"[\w|\s]+", asked) else set(self._predicates)
        guarded = {label: p for label, p in self._predicates.items() if label in possible}
        hidden = [label for label, p in guarded.items() if p == _NOTHING]
        conditions = [
            f"(NOT {name}:{label} OR {p.replace('<x>', name)})" for label, p in guarded.items() if p != _NOTHING
        ]
        return " AND ".join([*conditions, *([f"NOT {name}:{'|'.join(hidden)}"] if hidden else [])]) or None

    def _is_pattern(self, start: int, end: int) -> bool:
        """Whether `(name)` or `()` stands for a node and is no expression."""
        before, after = self._text[max(start - _WINDOW, 0) : start].rstrip(), self._text[end : end + 20].lstrip()
        if before.endswith(("]-", "]->", "--", "-->")) or after.startswith(("-[", "<-[", "--", "<--", "(")):
            return True
        if _QUANTIFIER.search(before):
            return True
        clauses = _CLAUSE.findall(before)
        return bool(clauses) and clauses[-1] == "MATCH"

    def _closing(self, start: int) -> int:
        """Where the bracket that opens here has been closed."""
        open_: list[str] = []
        for stop in _STOPS.finditer(self._text, start):
            if stop[0] in _CLOSES:
                open_.append(_CLOSES[stop[0]])
            elif stop[0] in _CLOSES.values():
                if not open_ or open_.pop() != stop[0]:
                    break
                if not open_:
                    return stop.end()
        raise Internal("A statement has brackets that do not match.")

    def _fresh(self) -> str:
        self._named += 1
        return f"seen{self._named}"


def _items(text: str) -> list[str]:
    """The items of a projection, split at the commas outside all brackets."""
    items, depth, begin = [], 0, 0
    for at, stop in ((m.start(), m[0]) for m in re.finditer(rf"{_OPAQUE}|[(){{}}\[\],]", text, re.DOTALL)):
        if stop in _CLOSES:
            depth += 1
        elif stop in _CLOSES.values():
            depth -= 1
        elif stop == "," and depth == 0:
            items.append(text[begin:at].strip())
            begin = at + 1
    return [*items, text[begin:].strip()]
