"""The same schema without the compiler: what the compiled answers are held against.

Plain graphql-core executes the request. Each field evaluates what is declared of it for one node, by a small statement
of its own; filters, order and pages are worked out in Python over all candidates. Slow, simple, and sharing nothing
with the compiler but the declarations, the named queries and the form of cursors.
"""

from .execute import Oracle as Oracle
