create type mood as enum ('a', 'it''s', 'b', 'x y'); create table t (id int, k mood, v text, primary key (k, id));
