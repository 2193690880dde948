using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthServer.Storage;

/// <summary>Removes indexes that OpenIddict's configuration adds.</summary>
internal static class OpenIddictIndexes
{
    public static void RemoveIndexOn<T>(this EntityTypeBuilder<T> entity, params string[] properties)
        where T : class
    {
        var index = entity.Metadata.FindIndex([.. properties.Select(name => entity.Metadata.FindProperty(name)!)]);
        entity.Metadata.RemoveIndex(index!);
    }
}
