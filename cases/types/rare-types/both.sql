create type record_type as (a int[], b text[]);
create table t (id int primary key, acl aclitem[], cur refcursor, n name[], r record_type[], f float4[]);
