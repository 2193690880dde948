using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Core.Users;

namespace AuthServer.Core.Authorize;

/// <summary>
/// The <c>claims</c> parameter, OpenID Connect Core §5.5. <c>essential</c> is a hint; unknown claims are left out.
/// </summary>
/// <param name="Requested">Claims that the authorization stores.</param>
/// <param name="Subject">The <c>sub</c> that the client insists on, §5.5.1; null when it does not.</param>
/// <param name="AuthTime">The ID token has to carry <c>auth_time</c>.</param>
public sealed record ClaimsParameter(RequestedClaims Requested, string? Subject, bool AuthTime)
{
    private static readonly ClaimsParameter None = new(RequestedClaims.None, null, false);

    /// <returns>Null when the parameter is not a JSON object of objects.</returns>
    public static ClaimsParameter? Parse(string? text)
    {
        if (text is null)
            return None;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || Member(root, "userinfo") is not { } userInfo
                || Member(root, "id_token") is not { } idToken)
                return null;
            var subjects = new[] { SubjectOf(userInfo), SubjectOf(idToken) }
                .Where(subject => subject is not null)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            return subjects.Count > 1
                ? null
                : new ClaimsParameter(
                    new RequestedClaims(Known(userInfo), Known(idToken)),
                    subjects.FirstOrDefault(),
                    Has(idToken, "auth_time"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// The member; an empty one when it is absent or null, and no value when it is something else than an object.
    /// </summary>
    private static JsonElement? Member(JsonElement root, string name) =>
        !root.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null ? default(JsonElement)
        : member.ValueKind == JsonValueKind.Object ? member
        : null;

    private static string[] Known(JsonElement member) =>
        member.ValueKind == JsonValueKind.Object
            ?
            [
                .. member
                    .EnumerateObject()
                    .Select(claim => claim.Name)
                    .Where(UserClaims.ScopeOf.ContainsKey)
                    .Distinct(StringComparer.Ordinal),
            ]
            : [];

    private static bool Has(JsonElement member, string claim) =>
        member.ValueKind == JsonValueKind.Object && member.TryGetProperty(claim, out _);

    private static string? SubjectOf(JsonElement member) =>
        Has(member, "sub") && member.GetProperty("sub") is { ValueKind: JsonValueKind.Object } sub
        && sub.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
