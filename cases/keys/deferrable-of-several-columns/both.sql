create table t (a int, b int, v text, primary key (a, b) deferrable initially deferred);
