using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Storage;

/// <summary>
/// Cache of the configuration that every request needs (clients, APIs, connections, organizations), valid until any of
/// it changes. State that decides about security at the moment (users, sessions, authorizations, consumed artefacts) is
/// never cached here. Cached objects are shared, and must not be changed.
/// </summary>
internal sealed class ConfigurationCache
{
    /// <summary>So that clients which register themselves can't fill the memory.</summary>
    private const int Max = 20_000;

    private readonly IServiceScopeFactory scopes;
    private ConcurrentDictionary<(Type Type, string Key), object> known = new();

    public ConfigurationCache(IServiceScopeFactory scopes, StoreChanges changes)
    {
        this.scopes = scopes;
        changes.Subscribe(Invalidate);
    }

    /// <summary>A value that was read during a change goes into a generation that is invalid already.</summary>
    /// <param name="key">Its name among all of its type. It may be text of an unauthenticated client.</param>
    /// <param name="read">Reads it from the store.</param>
    public ValueTask<T?> ReadAsync<T>(string key, Func<AuthDbContext, Task<T?>> read)
        where T : class
    {
        var now = Volatile.Read(ref known);
        return now.TryGetValue((typeof(T), key), out var found) ? new((T)found) : ReadAsync(now, key, read);
    }

    /// <summary>Reads from the store, in a scope of its own.</summary>
    public async Task<T> AskAsync<T>(Func<AuthDbContext, Task<T>> question)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<AuthDbContext>());
    }

    private async ValueTask<T?> ReadAsync<T>(
        ConcurrentDictionary<(Type Type, string Key), object> now, string key,
        Func<AuthDbContext, Task<T?>> read)
        where T : class
    {
        var value = await AskAsync(read);
        if (value is null)
            return null;
        if (now.Count >= Max)
            Invalidate();
        else
            now.TryAdd((typeof(T), key), value);
        return value;
    }

    private void Invalidate() => Volatile.Write(ref known, new());
}
