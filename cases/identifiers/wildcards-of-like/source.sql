insert into pgx.t values (1); insert into "pg-data".t values (2); insert into "PG_x".t values (3);
insert into "s%"."t_" values (4); insert into s_."t%" values (5, '\%_'); insert into st.tt values (6);
