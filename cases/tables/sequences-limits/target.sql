create table t (id bigint primary key, v text); create sequence short maxvalue 100; alter table t alter id set default nextval('short'); alter sequence short owned by t.id;
