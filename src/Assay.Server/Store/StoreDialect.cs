using System.Text.Json;

namespace Assay.Server.Store;

/// <summary>The few places where the two stores' SQL differs.</summary>
internal static class StoreDialect
{
    extension(StoreKind kind)
    {
        public bool IsPostgres => kind == StoreKind.Postgres;

        /// <summary>The store's own clock in microseconds since 1970: the only one that several machines can agree on.</summary>
        public string Now => kind == StoreKind.Sqlite
            ? "CAST(unixepoch('subsec') * 1000000 AS INTEGER)"
            : "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

        /// <summary>A condition that an expression is one of the values of a list parameter made by <c>List</c>.</summary>
        public string InList(string expression, string parameter) => kind.IsPostgres
            ? $"{expression} = ANY({parameter})" : $"{expression} IN (SELECT value FROM json_each({parameter}))";

        /// <summary>The value of a list parameter: one parameter however long the list, so that the statement stays the same.</summary>
        public object List<T>(IReadOnlyCollection<T> values) => kind.IsPostgres ? values.ToArray() : JsonSerializer.Serialize(values);

        /// <summary>A condition that a text contains another, case and all.</summary>
        public string Contains(string text, string part) => kind.IsPostgres ? $"strpos({text}, {part}) > 0" : $"instr({text}, {part}) > 0";

        public string Least(string a, string b) => kind.IsPostgres ? $"LEAST({a}, {b})" : $"MIN({a}, {b})";
        public string Greatest(string a, string b) => kind.IsPostgres ? $"GREATEST({a}, {b})" : $"MAX({a}, {b})";

        /// <summary>Three whole numbers that are others once a <c>datastores d</c>, its tags, its teams or its latest operation has changed.</summary>
        public string Stamp => kind.IsPostgres
            ? "CAST(CAST(d.xmin AS text) AS bigint), COALESCE(stamped.id, 0), COALESCE(CAST(CAST(stamped.xmin AS text) AS bigint), 0)" : "d.revision, 0, 0";

        /// <summary>What <c>Stamp</c> needs joined.</summary>
        public string StampJoin => kind.IsPostgres
            ? "LEFT JOIN LATERAL (SELECT l.id, l.xmin FROM operations l WHERE l.datastore_id = d.id ORDER BY l.id DESC LIMIT 1) stamped ON TRUE" : "";

        /// <summary>A whole number that is another once a <c>connections c</c> has changed; 0 where there is none.</summary>
        public string ConnectionStamp => kind.IsPostgres ? "COALESCE(CAST(CAST(c.xmin AS text) AS bigint), 0)" : "COALESCE(c.stamp, 0)";

        /// <summary>Joins the latest operation <c>o</c> of a <c>datastores d</c>, each store in the way it does without looking at older ones.</summary>
        public string LatestOperation => kind.IsPostgres
            ? "LEFT JOIN LATERAL (SELECT l.* FROM operations l WHERE l.datastore_id = d.id ORDER BY l.id DESC LIMIT 1) o ON TRUE"
            : "LEFT JOIN operations o ON o.id = (SELECT MAX(l.id) FROM operations l WHERE l.datastore_id = d.id)";

        /// <summary>A JSON object of alternating names and expressions.</summary>
        public string JsonObject(string pairs) => kind.IsPostgres ? $"json_build_object({pairs})" : $"json_object({pairs})";

        /// <summary>An aggregate: the rows' values as a JSON array; null or <c>[]</c> where there are no rows.</summary>
        public string JsonArray(string element, string order) => kind.IsPostgres
            ? $"CAST(json_agg({element} ORDER BY {order}) AS text)" : $"json_group_array({element} ORDER BY {order})";

        /// <summary>An aggregate: whole numbers as text such as <c>3,17</c>; null where there are no rows.</summary>
        public string Concat(string number) => kind.IsPostgres ? $"string_agg(CAST({number} AS text), ',')" : $"group_concat({number})";
    }
}
