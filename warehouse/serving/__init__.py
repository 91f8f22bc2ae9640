"""A read-only SQL server over the published warehouse (只读 SQL 服务), on DuckDB's own client-server protocol, Quack.

`supervisor` is the process that a person starts: it holds the lock, and ends and starts again the process in `server`,
which serves. `guard` says which statements pass.
"""
