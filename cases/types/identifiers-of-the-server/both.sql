create table t (id int primary key, o oid, x xid, c cid, t tid, lsn pg_lsn, s txid_snapshot, v oidvector, i int2vector);
create table keyed (k oid primary key, lsn pg_lsn unique not null);
create table by_tid (k tid primary key, v text);
