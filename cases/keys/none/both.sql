create table t (a int, b text); create table s (a int, updated_at timestamptz);
