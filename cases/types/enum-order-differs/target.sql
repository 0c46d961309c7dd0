create type size as enum ('large', 'small', 'huge', 'medium');
create table t (k size primary key, list size[]);
