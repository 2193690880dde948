using System.Text.Json;

namespace AuthServer.Core.Users;

/// <summary>Changes of metadata by key.</summary>
/// <param name="User">New values of <c>user_metadata</c>; a JSON null removes its key.</param>
/// <param name="App">The same of <c>app_metadata</c>.</param>
public sealed record MetadataChanges(
    IReadOnlyDictionary<string, JsonElement> User, IReadOnlyDictionary<string, JsonElement> App)
{
    public bool IsEmpty => User.Count == 0 && App.Count == 0;
}

/// <summary>Writes the metadata of users.</summary>
public interface IUserMetadataStore
{
    /// <summary>Characters of either metadata of a user, as JSON.</summary>
    const int MaxLength = 128 * 1024;

    /// <summary>Merges the changes into what is stored.</summary>
    /// <returns>False when the user is gone, or would have too much metadata; nothing is stored then.</returns>
    Task<bool> TryMergeAsync(string userId, MetadataChanges changes, DateTimeOffset now, CancellationToken ct);
}
