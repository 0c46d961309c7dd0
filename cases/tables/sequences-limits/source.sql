create table t (id bigserial primary key, v text); insert into t (v) values ('v'); select setval('t_id_seq', 5000000000);
