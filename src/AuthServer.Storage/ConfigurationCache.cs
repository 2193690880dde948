using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Storage;

/// <summary>
/// What administrators set up and every request asks for (clients, APIs, connections, organizations), kept in mind
/// until somebody changes any of it. What decides about security at a moment (users, sessions, grants, used artefacts)
/// is never here. What is handed out is everybody's, and must not be changed.
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

    /// <summary>What was read while somebody changed it lands in what is forgotten already.</summary>
    /// <param name="key">Its name among all of its type. It may be a stranger's text.</param>
    /// <param name="read">Asks the store.</param>
    public ValueTask<T?> ReadAsync<T>(string key, Func<AuthDbContext, Task<T?>> read)
        where T : class
    {
        var now = Volatile.Read(ref known);
        return now.TryGetValue((typeof(T), key), out var found) ? new((T)found) : ReadAsync(now, key, read);
    }

    /// <summary>Asks the store, in a scope of its own.</summary>
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
