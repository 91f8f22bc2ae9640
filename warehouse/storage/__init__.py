"""Published warehouses, exports and landing zones on an object store (对象存储): S3 and what speaks its protocol.

A version is objects that are never written again; one small pointer object names the live one and is replaced only on the condition
that it is still what was read. See docs/adr/0018.
"""
