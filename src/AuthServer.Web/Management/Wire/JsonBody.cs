using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;

namespace AuthServer.Web.Management.Wire;

/// <summary>The body of an operation: one JSON object, each of whose names and texts can be read.</summary>
internal sealed class JsonBody(JsonElement root, Func<JsonObject, bool>? isCurrent = null)
{
    private const int MaxDepth = 32;

    /// <summary>The body of a request without one.</summary>
    public static JsonBody Empty { get; } = Of([]);

    public JsonElement Root { get; } = root;

    public IEnumerable<JsonProperty> Members => Root.EnumerateObject();

    public bool Has(string name) => Root.TryGetProperty(name, out _);

    /// <summary>The member, when it is there and is a string.</summary>
    public string? Text(string name) => JsonText.Of(Root, name);

    /// <summary>Whether the member is there and true.</summary>
    /// <exception cref="ManagementException">It is not a boolean.</exception>
    public bool Flag(string name)
    {
        if (!Root.TryGetProperty(name, out var flag))
            return false;
        return JsonValidators.Flag(flag) is { } mistyped
            ? throw ManagementException.Invalid(mistyped, name)
            : flag.GetBoolean();
    }

    /// <exception cref="ManagementException">One of these members is missing.</exception>
    public void Require(params string[] names)
    {
        if (Array.Find(names, name => !Has(name)) is { } missing)
            throw ManagementError.InvalidBody(ValidationError.Missing(missing)).AsException();
    }

    /// <exception cref="ManagementException">There is another member than these.</exception>
    public void AllowOnly(params string[] names)
    {
        if (Members.Select(member => member.Name).FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal))
            is { } unknown)
            throw ManagementError.InvalidBody(ValidationError.Unknown(unknown)).AsException();
    }

    /// <summary>A form changes only what it has shown.</summary>
    /// <param name="stored">The resource, read in the transaction that updates it.</param>
    /// <exception cref="ManagementException">The resource was changed after the form was shown.</exception>
    public void EnsureCurrent(JsonObject stored)
    {
        if (isCurrent?.Invoke(stored) == false)
            throw ManagementError.Changed.AsException();
    }

    /// <summary>The array that is the body's one member, with at least one item.</summary>
    /// <exception cref="ManagementException">The body is something else.</exception>
    public JsonElement OnlyList(string name)
    {
        AllowOnly(name);
        Require(name);
        var list = Root.GetProperty(name);
        if (JsonValidators.Array(list) is { } mistyped)
            throw ManagementException.Invalid(mistyped, name);
        return list.GetArrayLength() > 0
            ? list
            : throw ManagementException.Invalid("Too few items (0), minimum 1", name);
    }

    /// <summary>The same with items that are texts, each of them once.</summary>
    /// <exception cref="ManagementException">The body is something else.</exception>
    public IReadOnlyList<string> OnlyTexts(string name)
    {
        var list = OnlyList(name);
        return JsonValidators.Texts(list) is { } mistyped
            ? throw ManagementException.Invalid(mistyped, name)
            : [.. list.EnumerateArray().Select(text => text.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    public static async ValueTask<JsonBody?> BindAsync(HttpContext http) =>
        new(await ReadAsync(http, JsonValueKind.Object));

    /// <summary>A body that this server has made, of texts that a form sent.</summary>
    /// <param name="json">The members.</param>
    /// <param name="isCurrent">Whether a resource has what the form showed; null for a new one.</param>
    /// <exception cref="ManagementException">A text can't be read.</exception>
    public static JsonBody Of(JsonObject json, Func<JsonObject, bool>? isCurrent = null) =>
        new(Readable(JsonSerializer.SerializeToElement(json)), isCurrent);

    /// <exception cref="ManagementException">The body is something else.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext http, JsonValueKind expected)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new ManagementError(
                StatusCodes.Status415UnsupportedMediaType,
                "The Content-Type must be application/json.",
                "unsupported_media_type").AsException();
        }

        var json = await JsonText.ReadAsync(http.Request.Body, MaxDepth, http.RequestAborted)
            ?? throw Malformed("The body is not valid JSON, names a member twice, or nests too deep");
        return json.ValueKind == expected
            ? Readable(json)
            : throw Malformed($"Expected a JSON {expected.ToString().ToLowerInvariant()}");
    }

    private static JsonElement Readable(JsonElement json) => JsonText.IsReadable(json)
        ? json
        : throw Malformed("The body has text that is not Unicode, or a NUL character");

    private static ManagementException Malformed(string reason) =>
        ManagementError.InvalidBody(new ValidationError(reason)).AsException();
}

/// <summary>A request's body that is a JSON array.</summary>
internal sealed class JsonListBody(JsonElement root)
{
    public JsonElement Root { get; } = root;

    public static async ValueTask<JsonListBody?> BindAsync(HttpContext http) =>
        new(await JsonBody.ReadAsync(http, JsonValueKind.Array));
}
