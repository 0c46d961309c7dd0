create table t (id int primary key, "wh?ere" text, doc jsonb);
