using System.Text.Json;
using AuthServer.Core;

namespace AuthServer.Web.Management.Wire;

/// <summary>A request's body: one JSON object, each of whose names and texts can be read.</summary>
internal sealed class JsonBody(JsonElement root)
{
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };

    public JsonElement Root { get; } = root;

    public IEnumerable<JsonProperty> Members => Root.EnumerateObject();

    public bool Has(string name) => Root.TryGetProperty(name, out _);

    /// <summary>The member, when it is there and is a string.</summary>
    public string? Text(string name) => JsonText.Of(Root, name);

    public ManagementError? Missing(params string[] required) =>
        Array.Find(required, name => !Has(name)) is { } missing
            ? ManagementError.InvalidBody(ValidationError.Missing(missing))
            : null;

    /// <returns>The error about a member that is none of these; null when there is none.</returns>
    public ManagementError? Unknown(params string[] known) =>
        Members.Select(member => member.Name).FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal))
            is { } unknown
            ? ManagementError.InvalidBody(ValidationError.Unknown(unknown))
            : null;

    public static async ValueTask<JsonBody?> BindAsync(HttpContext http) =>
        new(await ReadAsync(http, JsonValueKind.Object));

    /// <exception cref="BadManagementRequestException">The body is something else.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext http, JsonValueKind expected)
    {
        if (!http.Request.HasJsonContentType())
            throw new BadManagementRequestException(
                new(
                    StatusCodes.Status415UnsupportedMediaType, "The Content-Type must be application/json.",
                    "unsupported_media_type"));
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, Strict, http.RequestAborted);
            if (document.RootElement.ValueKind != expected)
                throw Malformed($"Expected a JSON {expected.ToString().ToLowerInvariant()}");
            if (!JsonText.IsReadable(document.RootElement))
                throw Malformed("The body has text that is not Unicode, or a NUL character");
            return document.RootElement.Clone();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw Malformed("The body is not valid JSON, names a member twice, or nests too deep");
        }
    }

    private static BadManagementRequestException Malformed(string reason) =>
        new(ManagementError.InvalidBody(new ValidationError(reason)));
}

/// <summary>A request's body that is a JSON array.</summary>
internal sealed class JsonListBody(JsonElement root)
{
    public JsonElement Root { get; } = root;

    public static async ValueTask<JsonListBody?> BindAsync(HttpContext http) =>
        new(await JsonBody.ReadAsync(http, JsonValueKind.Array));
}
