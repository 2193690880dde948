using System.Text.Json;
using AuthServer.Core;

namespace AuthServer.Web.Http;

/// <summary>Reads the parameters of a protocol request: from the query, from a form, or from JSON (contract A.0).</summary>
public static class OAuthRequest
{
    /// <summary>Bytes; more is refused before it is read.</summary>
    public const long LargestBody = 64 * 1024;

    public static Result<RequestParameters> ReadQuery(this HttpRequest http) => RequestParameters.From(Pairs(http.Query));

    /// <summary>A form or a JSON object of strings. Credentials in the query are refused: URLs end in logs (RFC 6749 §2.3.1).</summary>
    public static async Task<Result<RequestParameters>> ReadOAuthBodyAsync(this HttpRequest http, CancellationToken ct)
    {
        if (http.Query.Count > 0)
            return OAuthError.InvalidRequest("Parameters belong into the request's body, not into its URL.");
        LimitBody(http);
        if (IsForm(http))
            return await ReadOAuthFormAsync(http, ct);
        if (IsJson(http))
            return await ReadJsonAsync(http, ct);
        return OAuthError.InvalidRequest("The content type must be application/x-www-form-urlencoded or application/json.");
    }

    /// <summary>A form alone.</summary>
    public static async Task<Result<RequestParameters>> ReadOAuthFormAsync(this HttpRequest http, CancellationToken ct)
    {
        LimitBody(http);
        if (!IsForm(http))
            return OAuthError.InvalidRequest("The content type must be application/x-www-form-urlencoded.");
        try
        {
            return RequestParameters.From(Pairs(await http.ReadFormAsync(ct)));
        }
        catch (InvalidDataException tooMuch)
        {
            return OAuthError.InvalidRequest("The form can't be read.").Because(tooMuch.Message);
        }
    }

    private static async Task<Result<RequestParameters>> ReadJsonAsync(HttpRequest http, CancellationToken ct)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Body, new JsonDocumentOptions { MaxDepth = 8 }, ct);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return OAuthError.InvalidRequest("The body must be a JSON object.");
            var pairs = new List<KeyValuePair<string, string>>();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.Null)
                    continue;
                if (member.Value.ValueKind != JsonValueKind.String)
                    return OAuthError.InvalidRequest($"The member must be a string: {member.Name}");
                pairs.Add(new(member.Name, member.Value.GetString()!));
            }

            return RequestParameters.From(pairs);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return OAuthError.InvalidRequest("The body is not valid JSON.");
        }
    }

    public static void LimitBody(this HttpRequest http)
    {
        if (http.ContentLength > LargestBody)
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
        if (http.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody;
    }

    private static bool IsForm(HttpRequest http) => MediaType(http) == "application/x-www-form-urlencoded";

    private static bool IsJson(HttpRequest http) => MediaType(http) == "application/json";

    private static string? MediaType(HttpRequest http) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(http.ContentType, out var type) ? type.MediaType.Value?.ToLowerInvariant() : null;

    private static IEnumerable<KeyValuePair<string, string>> Pairs(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> values) =>
        values.SelectMany(entry => entry.Value.Select(value => new KeyValuePair<string, string>(entry.Key, value ?? "")));
}
