create table t (a int, b text, primary key (a, b)); create table stamped (a int, updated_at timestamptz, primary key (a, updated_at));
