create table t (id int primary key, v txid_snapshot, a txid_snapshot[]);
