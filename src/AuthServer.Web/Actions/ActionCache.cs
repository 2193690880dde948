using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Actions;

namespace AuthServer.Web.Actions;

/// <summary>A value of an Action's cache.</summary>
/// <param name="Value">Text.</param>
/// <param name="ExpiresAt">Milliseconds since 1970.</param>
internal sealed record CachedValue(string Value, long ExpiresAt);

/// <summary>
/// <c>api.cache</c>: what the Actions of a trigger keep for each other, in the memory of this node. It is small and may
/// be lost at any time, as Auth0's.
/// </summary>
internal sealed class ActionCache(TimeProvider time)
{
    private const int MaxEntries = 20;
    private const int MaxKey = 64;
    private const int MaxValue = 4096;
    private const int MaxSize = 8 * 1024;

    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, CachedValue>> byTrigger =
        new(StringComparer.Ordinal);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public JsonElement Read(ActionTrigger trigger)
    {
        var entries = byTrigger.GetValueOrDefault(trigger.Id)?.Where(entry => entry.Value.ExpiresAt > Now) ?? [];
        return JsonSerializer.SerializeToElement(new JsonObject(entries.Select(entry => KeyValuePair.Create(
            entry.Key,
            (JsonNode?)new JsonObject { ["value"] = entry.Value.Value, ["expires_at"] = entry.Value.ExpiresAt }))));
    }

    public void Write(ActionTrigger trigger, IReadOnlyList<(string Key, CachedValue? Value)> changes)
    {
        if (changes.Count > 0)
            byTrigger.AddOrUpdate(trigger.Id, _ => Apply([], changes), (_, before) => Apply(before, changes));
    }

    /// <summary>A change that does not fit is dropped.</summary>
    private Dictionary<string, CachedValue> Apply(
        IEnumerable<KeyValuePair<string, CachedValue>> before, IReadOnlyList<(string Key, CachedValue? Value)> changes)
    {
        var entries = before.Where(entry => entry.Value.ExpiresAt > Now).ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            entries.Remove(key);
            var size = entries.Sum(entry => entry.Key.Length + entry.Value.Value.Length);
            var fits = value is { Value.Length: <= MaxValue }
                && key.Length <= MaxKey
                && entries.Count < MaxEntries
                && size + key.Length + value.Value.Length <= MaxSize;
            if (fits)
                entries[key] = value!;
        }

        return entries;
    }
}
