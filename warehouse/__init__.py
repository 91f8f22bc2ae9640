"""The tables and their promises: contracts, DDL, expectation suites, views, publishing."""
