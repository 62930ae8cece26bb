import { Controller, Get, HttpCode, HttpException, Inject } from '@nestjs/common';
import { Database } from '../database/database.js';
import { OpenRoute } from './open-route.js';
import { CONFIG, type Config } from '../../shared/config.js';

/** Answers for whoever watches the process; tells nothing that is not theirs to know. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The process runs. */
  @Get('live')
  @OpenRoute()
  @HttpCode(200)
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers. 503 otherwise. */
  @Get('ready')
  @OpenRoute()
  async ready(): Promise<{ status: string; queue: string }> {
    try {
      await this.database.query('SELECT 1');
    } catch {
      throw new HttpException({ status: 'unavailable', reason: 'The database does not answer.' }, 503);
    }
    return { status: 'ok', queue: this.config.redisUrl ? 'redis' : 'postgresql' };
  }
}
