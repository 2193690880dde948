using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Jobs;

/// <summary>What an export has.</summary>
internal sealed class ExportBody
{
    public const string Csv = "csv";
    private const string Json = "json";
    private const int MaxFields = 30;

    /// <summary>Of a CSV whose fields are not named.</summary>
    private static readonly ExportField[] Usual =
    [
        .. new[] { "user_id", "email", "email_verified", "name", "given_name", "family_name", "nickname", "username" }
            .Select(name => new ExportField { Name = name }),
    ];

    private static readonly ResourceSchema<ExportField> Field = new ResourceSchema<ExportField>()
        .Text("name", f => f.Name, (f, v) => f.Name = v, JsonValidators.TextUpTo(200))
        .OptionalText("export_as", f => f.ExportAs, (f, v) => f.ExportAs = v, JsonValidators.TextUpTo(200));

    public static ResourceSchema<ExportBody> Wire { get; } = new ResourceSchema<ExportBody>()
        .OptionalText("connection_id", b => b.ConnectionId, (b, v) => b.ConnectionId = v)
        .Text("format", b => b.Format, (b, v) => b.Format = v, JsonValidators.OneOf(Json, Csv), Json)
        .OptionalWhole("limit", b => b.Limit, (b, v) => b.Limit = v, 1)
        .With(new("fields", WriteFields, ReadFields));

    public string? ConnectionId { get; private set; }
    public string Format { get; private set; } = Json;
    public int? Limit { get; private set; }

    /// <summary>Empty for whole users, which a CSV can't have.</summary>
    public IReadOnlyList<ExportField> Fields { get; private set; } = [];

    public IReadOnlyList<ExportField> Columns => Fields.Count == 0 ? Usual : Fields;

    /// <exception cref="ManagementException">The body is malformed.</exception>
    public static ExportBody Of(JsonBody body)
    {
        var export = new ExportBody();
        Wire.Apply(body, export, Change.Create);
        return export;
    }

    private static JsonArray? WriteFields(ExportBody body) => body.Fields.Count == 0
        ? null
        : new([.. body.Fields.Select(Field.Write)]);

    private static ValidationError? ReadFields(ExportBody body, JsonElement value)
    {
        if (JsonValidators.Array(value) is { } mistyped)
            return mistyped;
        if (value.GetArrayLength() > MaxFields)
            return $"At most {MaxFields} fields";
        var fields = new List<ExportField>();
        foreach (var item in value.EnumerateArray())
        {
            var field = new ExportField();
            if (JsonValidators.Object(item) is { } notObject)
                return notObject;
            if (Field.Apply(item, field, Change.Create) is { } problem)
                return problem;
            if (field.Name.Length == 0)
                return ValidationError.Missing("name");
            fields.Add(field);
        }

        body.Fields = fields;
        return null;
    }
}

/// <summary>A member of users, and its name in the export.</summary>
internal sealed class ExportField
{
    /// <summary>A path such as <c>user_metadata.plan</c> or <c>identities[0].connection</c>.</summary>
    public string Name { get; set; } = "";
    public string? ExportAs { get; set; }

    public string Title => ExportAs ?? Name;

    /// <returns>Null when the user has none.</returns>
    public JsonNode? Of(JsonObject user)
    {
        JsonNode? found = user;
        foreach (var part in Name.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            found = found is JsonObject parent ? parent[bracket < 0 ? part : part[..bracket]] : null;
            if (bracket < 0)
                continue;
            found = found is JsonArray list && part.EndsWith(']')
                && int.TryParse(
                    part.AsSpan()[(bracket + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < list.Count
                    ? list[index]
                    : null;
        }

        return found;
    }
}
