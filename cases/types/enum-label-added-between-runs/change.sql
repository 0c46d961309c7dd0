alter type mood add value 'it''s new';
insert into t values (2, array['it''s new']::mood[]);
insert into other values (2);
