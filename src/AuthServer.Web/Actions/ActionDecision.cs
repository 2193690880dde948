using System.Collections.Frozen;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Issuance;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Users;

namespace AuthServer.Web.Actions;

/// <summary>
/// Decision of the Actions of a run, read from their commands. The commands come from a process that executes the code
/// of users, and are validated like a request.
/// </summary>
internal sealed class ActionDecision
{
    private const int MaxCommands = 200;
    private const int MaxText = 1024;
    private const int MaxScope = 280;
    private const int MaxMetadata = 32 * 1024;
    private const int MaxUrl = 2048;

    /// <summary>The last one of a JavaScript Date (ECMA-262 §21.4.1.1).</summary>
    private const double MaxTime = 8.64e15;

    /// <summary>By its path, how many arguments a command has at least, and how they are read.</summary>
    private static readonly FrozenDictionary<string, (int Arguments, CommandReader Read)> Readers =
        new Dictionary<string, (int, CommandReader)>(StringComparer.Ordinal)
        {
            ["access.deny"] = (1, (decision, values) => decision.Deny(values)),
            ["validation.error"] = (2, (decision, values) => decision.Deny([values[1], values[1]])),
            ["accessToken.setCustomClaim"] = (1, (decision, values) => SetClaim(decision.accessToken, values)),
            ["accessToken.addScope"] = (1, (decision, values) => decision.ChangeScope(values[0], isAdded: true)),
            ["accessToken.removeScope"] = (1, (decision, values) => decision.ChangeScope(values[0], isAdded: false)),
            ["idToken.setCustomClaim"] = (1, (decision, values) => SetClaim(decision.idToken, values)),
            ["user.setUserMetadata"] = (2, (decision, values) => Set(decision.userMetadata, values)),
            ["user.setAppMetadata"] = (2, (decision, values) => Set(decision.appMetadata, values)),
            ["transaction.setMetadata"] = (2, (_, values) => TextOf(values[0]) is not null),
            ["session.revoke"] = (1, (decision, values) => decision.RevokesSession = decision.Deny(values)),
            ["refreshToken.revoke"] = (1, (decision, values) => decision.RevokesRefreshToken = decision.Deny(values)),
            ["redirect.sendUserTo"] = (1, (decision, values) => decision.SendTo(values[0])),
            ["cache.set"] = (3, (decision, values) => decision.SetCache(values)),
            ["cache.delete"] = (1, (decision, values) => decision.DeleteCache(values)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Metadata and the cache are written before the user leaves.</summary>
    private static readonly string[] CarriedGroups = ["accessToken.", "idToken.", "transaction."];

    private readonly Dictionary<string, JsonElement> accessToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> idToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> userMetadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> appMetadata = new(StringComparer.Ordinal);
    private readonly List<(string Scope, bool IsAdded)> scopes = [];
    private readonly List<(string Key, CachedValue? Value)> cache = [];
    private readonly List<string> carried = [];

    /// <returns>False when the arguments are not valid.</returns>
    private delegate bool CommandReader(ActionDecision decision, JsonElement[] values);

    /// <summary>The arguments of the denial; null when the flow may continue.</summary>
    public string[]? Denial { get; private set; }

    /// <summary>URL that the user is sent to; null without one.</summary>
    public string? RedirectUrl { get; private set; }

    /// <summary>Commands that a suspended login still has to execute, as a JSON array.</summary>
    public string Carried => $"[{string.Join(',', carried)}]";

    public bool RevokesSession { get; private set; }

    public bool RevokesRefreshToken { get; private set; }

    public MetadataChanges Metadata => new(userMetadata, appMetadata);

    /// <summary>Changes of the trigger's cache; a null value deletes.</summary>
    public IReadOnlyList<(string Key, CachedValue? Value)> Cache => cache;

    public TokenCustomization Customization => new()
    {
        AccessTokenClaims = accessToken,
        IdTokenClaims = idToken,
        AddedScopes = [.. ScopesThatEnd(isAdded: true)],
        RemovedScopes = [.. ScopesThatEnd(isAdded: false)],
    };

    /// <summary>Takes over the commands of one Action.</summary>
    /// <returns>The error; null when they are valid.</returns>
    public string? Read(JsonElement commands)
    {
        if (commands.ValueKind != JsonValueKind.Array || commands.GetArrayLength() > MaxCommands)
            return $"An Action may issue {MaxCommands} commands";
        foreach (var sent in commands.EnumerateArray())
        {
            if (JsonText.Read(sent.GetRawText()) is not { ValueKind: JsonValueKind.Array } command)
                return "A command that can't be read";
            JsonElement[] words = [.. command.EnumerateArray()];
            var path = words.Length > 0 ? TextOf(words[0]) : null;
            if (path is null || !Readers.TryGetValue(path, out var reader))
                return "An unknown command";
            var values = words[1..];
            if (values.Length < reader.Arguments || !reader.Read(this, values))
                return $"The arguments of {path} are not valid";
            if (Array.Exists(CarriedGroups, group => path.StartsWith(group, StringComparison.Ordinal)))
                carried.Add(sent.GetRawText());
        }

        if (SizeOf(accessToken) > CustomClaims.MaxSize || SizeOf(idToken) > CustomClaims.MaxSize)
            return $"The custom claims of a token may have {CustomClaims.MaxSize} bytes";
        return SizeOf(userMetadata) > MaxMetadata || SizeOf(appMetadata) > MaxMetadata
            ? $"The metadata that is set may have {MaxMetadata} bytes"
            : null;
    }

    private static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= MaxText } text ? text : null;

    private static int SizeOf(Dictionary<string, JsonElement> values) =>
        values.Sum(pair => pair.Key.Length + pair.Value.GetRawText().Length);

    /// <summary>A claim without a value is taken back; one that is reserved is ignored.</summary>
    private static bool SetClaim(Dictionary<string, JsonElement> claims, JsonElement[] values)
    {
        if (TextOf(values[0]) is not { Length: > 0 } name)
            return false;
        if (values.Length == 1)
            claims.Remove(name);
        else if (CustomClaims.IsAllowed(name))
            claims[name] = values[1];
        return true;
    }

    private static bool Set(Dictionary<string, JsonElement> metadata, JsonElement[] values)
    {
        if (TextOf(values[0]) is not { Length: > 0 } key)
            return false;
        metadata[key] = values[1];
        return true;
    }

    private bool Deny(JsonElement[] values)
    {
        if (!Array.TrueForAll(values, value => value.ValueKind == JsonValueKind.String))
            return false;
        Denial ??= [.. values.Select(value => LogText.Bounded(value.GetString(), MaxText)!)];
        return true;
    }

    private bool SendTo(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: <= MaxUrl } url)
            return false;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            return false;
        RedirectUrl = uri.AbsoluteUri;
        return true;
    }

    private bool ChangeScope(JsonElement value, bool isAdded)
    {
        if (TextOf(value) is not { Length: > 0 and <= MaxScope } scope)
            return false;
        if (!Scopes.Parse(scope).Succeeded(out var parsed, out _) || parsed.Count != 1)
            return false;
        if (!Scopes.Standard.Contains(scope))
            scopes.Add((scope, isAdded));
        return true;
    }

    /// <summary>The last word about a scope counts.</summary>
    private IEnumerable<string> ScopesThatEnd(bool isAdded) => scopes
        .GroupBy(change => change.Scope, StringComparer.Ordinal)
        .Where(changes => changes.Last().IsAdded == isAdded)
        .Select(changes => changes.Key);

    private bool SetCache(JsonElement[] values)
    {
        if (TextOf(values[0]) is not { } key || values[1].ValueKind != JsonValueKind.String)
            return false;
        if (values[2].ValueKind != JsonValueKind.Number || !values[2].TryGetDouble(out var end))
            return false;
        if (end is not (>= 0 and <= MaxTime))
            return false;
        cache.Add((key, new CachedValue(values[1].GetString()!, (long)end)));
        return true;
    }

    private bool DeleteCache(JsonElement[] values)
    {
        if (TextOf(values[0]) is not { } key)
            return false;
        cache.Add((key, null));
        return true;
    }
}
