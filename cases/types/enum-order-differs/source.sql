create type size as enum ('small', 'medium', 'large');
create table t (k size primary key, list size[]);
insert into t values ('small', '{large,small}'), ('medium', null), ('large', '{}');
