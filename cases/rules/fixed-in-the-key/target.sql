create table t (id int, region text, primary key (region, id)); insert into t values (7, 'us');
