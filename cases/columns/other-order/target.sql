create table t (j jsonb, n bigint, id bigint primary key, v text, updated_at timestamptz); create table n (b text, a text);
