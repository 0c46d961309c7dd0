create type mpaa_rating as enum ('G', 'PG', 'PG-13', 'R', 'NC-17');
create domain year as integer constraint year_check check (value >= 1901 and value <= 2155);
create function last_updated() returns trigger language plpgsql as $$ begin new.last_update = current_timestamp; return new; end $$;
create sequence film_film_id_seq;
create table film (
    film_id integer default nextval('film_film_id_seq') not null primary key,
    title text not null,
    release_year year,
    original_language_id smallint,
    rental_rate numeric(4,2) default 4.99 not null,
    rating mpaa_rating default 'G'::mpaa_rating,
    last_update timestamptz default now() not null,
    special_features text[],
    fulltext tsvector not null
);
create index film_fulltext_idx on film using gist (fulltext);
create trigger film_fulltext_trigger before insert or update on film for each row execute procedure tsvector_update_trigger('fulltext', 'pg_catalog.english', 'title');
create trigger last_updated before update on film for each row execute procedure last_updated();
create table film_actor (actor_id integer not null, film_id integer not null references film on update cascade on delete restrict, last_update timestamptz default now() not null, primary key (actor_id, film_id));
create trigger last_updated before update on film_actor for each row execute procedure last_updated();
create table staff (staff_id serial primary key, username text not null, active boolean default true not null, picture bytea, last_update timestamptz not null default now());
create view film_list as select film_id, title from film;
create table payment (payment_id serial not null, amount numeric(5,2) not null, payment_date timestamptz not null) partition by range (payment_date);
create table payment_p2022_01 partition of payment for values from ('2022-01-01') to ('2022-02-01');
create table payment_p2022_02 partition of payment for values from ('2022-02-01') to ('2022-03-01');
