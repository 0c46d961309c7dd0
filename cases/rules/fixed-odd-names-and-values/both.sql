create table t (id int primary key, "a""b" text, "%s" text, doc jsonb);
