using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage;

/// <summary>Tells a store that can't be read or written from every other failure, however deep the reason is wrapped.</summary>
public static class StoreFailure
{
    public static bool Is(Exception failure)
    {
        for (var reason = failure; reason is not null; reason = reason.InnerException)
        {
            if (reason is DbException or DbUpdateException)
                return true;
        }

        return false;
    }
}
