using System.Globalization;
using System.Text.Json.Nodes;

namespace AuthServer.Web.Management.Wire;

/// <summary>Reads the query string: a parameter that is sent twice or does not fit is refused.</summary>
internal static class Query
{
    private const int MaxLength = 2048;
    private const int MaxValues = 100;

    public static string? Text(HttpContext http, string name)
    {
        var values = http.Request.Query[name];
        if (values.Count > 1)
            throw Bad($"Parameter sent more than once: {name}");
        if (values.Count == 0 || string.IsNullOrEmpty(values[0]))
            return null;
        var text = values[0]!;
        return text.Length <= MaxLength && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw Bad($"Parameter is too long or malformed: {name}");
    }

    public static string Required(HttpContext http, string name) =>
        Text(http, name) ?? throw Bad($"Missing required property: {name}");

    public static bool? Flag(HttpContext http, string name) => Text(http, name) switch
    {
        null => null,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Bad($"Expected type boolean on property {name}"),
    };

    public static int? Whole(HttpContext http, string name, int least, int most) => Text(http, name) switch
    {
        null => null,
        var text when Number(text) is { } number && number >= least && number <= most => number,
        _ => throw Bad($"Expected a whole number between {least} and {most} on property {name}"),
    };

    /// <summary>A parameter that may be sent often, under one of these names; 100 of its values count.</summary>
    public static IReadOnlyList<string> Many(HttpContext http, params string[] names) =>
        [.. names.SelectMany(name => http.Request.Query[name]).OfType<string>().Take(MaxValues)];

    public static ManagementException Bad(string reason) => ManagementError.InvalidQuery(reason).AsException();

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>Which members the caller wants to see: <c>fields</c> and <c>include_fields</c>.</summary>
internal sealed record Fields(IReadOnlySet<string>? Names, bool Include)
{
    public static Fields All { get; } = new(null, Include: true);

    public static ValueTask<Fields?> BindAsync(HttpContext http)
    {
        var names = Query
            .Text(http, "fields")
            ?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ValueTask.FromResult<Fields?>(
            new Fields(names?.ToHashSet(StringComparer.Ordinal), Query.Flag(http, "include_fields") ?? true));
    }

    /// <summary>The members without one of them.</summary>
    public static Fields Without(string name) =>
        new(new HashSet<string>(StringComparer.Ordinal) { name }, Include: false);

    public bool Has(string name) => Names is null || Names.Contains(name) == Include;

    /// <summary>Never adds a member, so that no name can show what the resource does not.</summary>
    public JsonObject Pick(JsonObject json)
    {
        if (Names is not null)
        {
            foreach (var name in json.Select(member => member.Key).Where(name => !Has(name)).ToArray())
                json.Remove(name);
        }

        return json;
    }
}
