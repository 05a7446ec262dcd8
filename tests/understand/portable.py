"""What a step may be written with: an allow-list over the tree that SQLGlot reads (SQL.md)."""

from __future__ import annotations

from sqlglot import exp, parse_one

ALLOWED: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Select,
        exp.Union,
        exp.Subquery,
        exp.Paren,
        exp.With,
        exp.CTE,
        exp.From,
        exp.Join,
        exp.Where,
        exp.Group,
        exp.Order,
        exp.Ordered,
        exp.Qualify,
        exp.Distinct,
        exp.Table,
        exp.TableAlias,
        exp.Alias,
        exp.Column,
        exp.Identifier,
        exp.Literal,
        exp.Boolean,
        exp.Null,
        exp.Neg,
        exp.And,
        exp.Or,
        exp.Not,
        exp.Is,
        exp.In,
        exp.EQ,
        exp.NEQ,
        exp.LT,
        exp.LTE,
        exp.GT,
        exp.GTE,
        exp.Add,
        exp.Sub,
        exp.Mul,
        exp.Div,
        exp.Case,
        exp.If,
        exp.Coalesce,
        exp.Greatest,
        exp.Nullif,
        exp.Least,
        exp.Concat,
        exp.Cast,
        exp.DataType,
        exp.Count,
        exp.Sum,
        exp.Min,
        exp.Max,
        exp.Median,
        exp.Filter,
        exp.Window,
        exp.WindowSpec,
        exp.RowNumber,
        exp.Lag,
        exp.Lead,
        exp.DateDiff,
        exp.Var,
        exp.TimestampTrunc,
        exp.DateTrunc,
        exp.Star,
        exp.Explode,
        exp.GenerateSeries,
        exp.TsOrDsAdd,
    }
)
RESERVED = {"at", "end", "window", "group", "offset"}


def objections(sql: str) -> list[str]:
    """Return what in a statement is not known to mean the same on every engine."""
    tree = parse_one(sql, dialect="duckdb")
    found = {
        f"{type(node).__name__}: {node.sql(dialect='duckdb')[:60]}"
        for node in tree.walk()
        if type(node) not in ALLOWED
    }
    for check in (_datediffs, _divisions, _sums, _counts, _casts, _names, _stars, _frames):
        found.update(check(tree))
    return sorted(found)


def _datediffs(tree: exp.Expr) -> set[str]:
    """Days between dates and seconds between whole seconds are the same everywhere."""
    return {
        f"date_diff by {node.args.get('unit')}"
        for node in tree.find_all(exp.DateDiff)
        if str(node.args.get("unit")).upper() not in ("DAY", "SECOND", "'DAY'", "'SECOND'")
    }


def _divisions(tree: exp.Expr) -> set[str]:
    """Division is of a cast number, by a number other than zero or by one whose zero is NULL."""
    return {
        f"division: {node.sql(dialect='duckdb')}"
        for node in tree.find_all(exp.Div)
        if not _is_safe(node.expression) or not isinstance(node.this, exp.Cast)
    }


def _is_safe(divisor: exp.Expr) -> bool:
    if isinstance(divisor, exp.Nullif):
        return bool(divisor.expression.sql() == "0")
    return isinstance(divisor, exp.Literal) and bool(divisor.name != "0")


def _sums(tree: exp.Expr) -> set[str]:
    """A sum of booleans is not a number everywhere, and a sum that is stored must be cast."""
    return {
        f"uncast sum: {node.sql(dialect='duckdb')[:60]}"
        for node in tree.find_all(exp.Sum)
        if isinstance(node.this, exp.Boolean | exp.EQ | exp.And | exp.Or | exp.Not)
    }


def _counts(tree: exp.Expr) -> set[str]:
    """A count that is stored must be cast: its type differs by engine."""
    return {
        f"uncast count: {node.sql(dialect='duckdb')}"
        for node in tree.find_all(exp.Count)
        if node.find_ancestor(exp.Cast) is None
    }


def _casts(tree: exp.Expr) -> set[str]:
    """A cast to a whole number from a fraction rounds or cuts, by engine."""
    return {
        f"cast of a quotient: {node.sql(dialect='duckdb')}"
        for node in tree.find_all(exp.Cast)
        if node.is_type("int", "bigint") and node.this.find(exp.Div) is not None
    }


def _names(tree: exp.Expr) -> set[str]:
    """Names that an engine reserves are not used for columns."""
    return {
        f"reserved name: {node.alias}"
        for node in tree.find_all(exp.Alias)
        if node.alias.lower() in RESERVED
    }


def _stars(tree: exp.Expr) -> set[str]:
    """A star stands in counts only."""
    return {
        "select *" for node in tree.find_all(exp.Star) if not isinstance(node.parent, exp.Count)
    }


def _frames(tree: exp.Expr) -> set[str]:
    """Frames count rows, never a range of values."""
    return {
        f"frame: {node.sql(dialect='duckdb')}"
        for node in tree.find_all(exp.WindowSpec)
        if str(node.args.get("kind")).upper() != "ROWS"
    }


def tables_read(sql: str) -> set[str]:
    """Return the tables a statement reads, without those it names itself."""
    tree = parse_one(sql, dialect="duckdb")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {table.name for table in tree.find_all(exp.Table)} - own
