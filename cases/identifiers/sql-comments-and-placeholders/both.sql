create table "--" (id int primary key, "/*" text, "*/" text, ":name" text, "@p" text, "$$" text, "$body$" text);
create table "/* */" (id int primary key, "{fn now()}" text, "{d '2020-01-01'}" text, "%s %1$s %n %%" text);
create table "${x}" (id int primary key, "{0}" text, "#{y}" text, "<b>&amp;</b>" text);
create table "?" ("?" int primary key, "??" text, "$2" text, "\u0041" text);
create table "`ls`" (id int primary key, "$(id)" text, "a|b>c&d" text);
