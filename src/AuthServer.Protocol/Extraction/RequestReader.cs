using System.Text.Json;
using AuthServer.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AuthServer.Protocol.Extraction;

/// <summary>Reads the parameters of a protocol request from the query, a form, or a JSON object.</summary>
public static class RequestReader
{
    /// <summary>Bytes; a larger body is refused before it is read.</summary>
    public const long MaxBodySize = 64 * 1024;

    public static Result<RequestParameters> ReadQuery(this HttpRequest http) =>
        RequestParameters.From(Pairs(http.Query));

    /// <summary>
    /// A form or a JSON object of strings. Credentials in the query are refused: URLs end in logs (RFC 6749 §2.3.1).
    /// </summary>
    public static async Task<Result<RequestParameters>> ReadOAuthBodyAsync(this HttpRequest http, CancellationToken ct)
    {
        if (http.Query.Count > 0)
            return OAuthError.InvalidRequest("Parameters belong into the request's body, not into its URL.");
        http.LimitBody();
        return MediaType(http) switch
        {
            "application/x-www-form-urlencoded" => await ReadOAuthFormAsync(http, ct),
            "application/json" => await ReadJsonAsync(http, ct),
            _ => OAuthError.InvalidRequest(
                "The content type must be application/x-www-form-urlencoded or application/json."),
        };
    }

    /// <summary>A form only.</summary>
    public static async Task<Result<RequestParameters>> ReadOAuthFormAsync(this HttpRequest http, CancellationToken ct)
    {
        var unreadable = await http.ReadFormSafelyAsync(ct);
        return unreadable is null ? RequestParameters.From(Pairs(http.Form)) : unreadable;
    }

    /// <summary>Reads the form into <see cref="HttpRequest.Form"/>.</summary>
    /// <returns>Why it can't be read; null when it was.</returns>
    public static async Task<OAuthError?> ReadFormSafelyAsync(this HttpRequest http, CancellationToken ct)
    {
        http.LimitBody();
        if (MediaType(http) != "application/x-www-form-urlencoded")
            return OAuthError.InvalidRequest("The content type must be application/x-www-form-urlencoded.");
        if (!IsUtf8(http))
            return OAuthError.InvalidRequest("The charset of the form must be UTF-8.");
        try
        {
            await http.ReadFormAsync(ct);
            return null;
        }
        catch (InvalidDataException malformed)
        {
            return OAuthError.InvalidRequest("The form can't be read.").WithDetail(malformed.Message);
        }
    }

    /// <exception cref="BadHttpRequestException">The body is announced larger.</exception>
    public static void LimitBody(this HttpRequest http, long maxSize = MaxBodySize)
    {
        if (http.ContentLength > maxSize)
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
        if (http.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxSize;
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

    private static string? MediaType(HttpRequest http) =>
        MediaTypeHeaderValue.TryParse(http.ContentType, out var type) ? type.MediaType.Value?.ToLowerInvariant() : null;

    /// <summary>The framework throws for other charsets that it does not support, UTF-7 among them.</summary>
    private static bool IsUtf8(HttpRequest http) =>
        !MediaTypeHeaderValue.TryParse(http.ContentType, out var type) || !type.Charset.HasValue
        || type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, string>> Pairs(
        IEnumerable<KeyValuePair<string, StringValues>> values) =>
        from entry in values
        from value in entry.Value
        select new KeyValuePair<string, string>(entry.Key, value ?? "");
}
